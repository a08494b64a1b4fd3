using System.Collections.Concurrent;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Decisions;
using CwmpShield.Core.Identity;
using CwmpShield.Gateway.Inspection;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.Tests.Doubles;
using Microsoft.Extensions.DependencyInjection;

namespace CwmpShield.Gateway.Tests.Inspection;

/// <summary>What takes part in sessions beside the rules: it may refuse and rewrite, and its own failure lets nothing pass.</summary>
public sealed class SessionParticipantTests
{
    [Fact]
    public async Task Refuses_an_order_that_a_participant_refuses_and_delivers_the_next()
    {
        var (acs, lab, part) = await StartAsync(order => order.Name == "Reboot" ? OrderPassage.Refused.Because("not-today") : new OrderPassage.Goes(order));
        await using var server = acs.Server;
        await using var gateway = lab;
        acs.Order(Soap.Reboot);
        acs.Order(id => Soap.GetParameterValues(id));

        Assert.Equal(("GetParameterValues", "o2"), await OrderedAsync(lab));

        Assert.Equal("Inform - 9001", server.Words);
        Assert.Contains("not-today", server.Received.Last().Body, StringComparison.Ordinal);
        Assert.Equal(["dropped Reboot"], part.Said.Where(word => word.StartsWith("dropped", StringComparison.Ordinal)));
        await lab.CountsAsync("cwmpshield_refusals_total", "not-today");
    }

    [Fact]
    public async Task Refuses_an_order_when_the_store_of_a_participant_is_down()
    {
        var (acs, lab, _) = await StartAsync(_ => throw new RegistryUnavailableException("down"));
        await using var server = acs.Server;
        await using var gateway = lab;
        acs.Order(Soap.Reboot);

        Assert.Equal(("", ""), await OrderedAsync(lab));

        Assert.Equal("Inform - 9001", server.Words);
        Assert.Contains(IdentityReason.RegistryUnavailable, server.Received.Last().Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sends_the_order_that_a_participant_has_rewritten()
    {
        var (acs, lab, _) = await StartAsync(order => new OrderPassage.Goes(MessageRewrite.Arguments(order, Rewritten)!));
        await using var server = acs.Server;
        await using var gateway = lab;
        acs.Order(Soap.Reboot);

        await using var device = await lab.DeviceAsync();
        await device.InformAsync();
        var order = await device.EmptyAsync();

        Assert.Equal(("Reboot", "o1"), (order.Method, order.Id));
        Assert.Contains("<CommandKey>other&amp;new</CommandKey>", order.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sends_the_value_that_a_participant_has_put_into_a_report()
    {
        var (acs, lab, part) = await StartAsync(order => new OrderPassage.Goes(order));
        part.Replacement = "2.0 <rewritten>";
        await using var server = acs.Server;
        await using var gateway = lab;
        acs.Order(id => Soap.GetParameterValues(id));
        await using var device = await lab.DeviceAsync();
        await device.InformAsync();
        await device.EmptyAsync();

        await device.PostAsync(Soap.GetParameterValuesResponse("o1"));

        Assert.Equal(2, server.Received.Count(request => request.Body.Contains(">2.0 &lt;rewritten&gt;</Value>", StringComparison.Ordinal)));
        await lab.QuietAsync();
        Assert.Equal(["told Inform ", "ordered GetParameterValues", "told GetParameterValuesResponse GetParameterValues", "ended"], part.Said);
    }

    [Fact]
    public async Task Answers_503_where_a_participant_fails_on_a_report()
    {
        var (acs, lab, part) = await StartAsync(order => new OrderPassage.Goes(order));
        part.Fails = true;
        await using var server = acs.Server;
        await using var gateway = lab;
        await using var device = await lab.DeviceAsync();

        var answer = await device.PostAsync(Soap.Inform("1"));

        Assert.Equal((503, ""), (answer.Status, answer.Body));
        Assert.Equal("", server.Words);
        await lab.QuietAsync();
    }

    [Fact]
    public async Task Tells_that_an_order_was_dropped_when_its_device_had_been_let_go()
    {
        var (acs, lab, part) = await StartAsync(
            order => order.Name == "Reboot" ? OrderPassage.Refused.Because("not-today") : new OrderPassage.Goes(order),
            maxRounds: 1);
        await using var server = acs.Server;
        await using var gateway = lab;
        acs.Order(Soap.Reboot);
        acs.Order(id => Soap.GetParameterValues(id));

        Assert.Equal(("", ""), await OrderedAsync(lab));

        await lab.QuietAsync();
        Assert.Equal("Inform - 9001 9001", server.Words);
        Assert.Contains("dropped GetParameterValues", part.Said);
    }

    private static readonly Dictionary<string, string> Rewritten = new(StringComparer.Ordinal) { ["CommandKey"] = "other&new" };

    private static async Task<(QueueingAcs Acs, Lab Lab, Participant Part)> StartAsync(Func<CwmpMessage, OrderPassage> judge, int maxRounds = 16)
    {
        var acs = QueueingAcs.Start();
        var part = new Participant(judge);
        var lab = await Lab.StartAsync(
            acs.Server,
            options => options with { Refusal = options.Refusal with { MaxRounds = maxRounds } },
            builder => builder.Services.AddSingleton<SessionParticipant>(new Listening()).AddSingleton<SessionParticipant>(part));
        return (acs, lab, part);
    }

    private static async Task<(string Method, string Id)> OrderedAsync(Lab lab)
    {
        await using var device = await lab.DeviceAsync();
        await device.InformAsync();
        var answer = await device.EmptyAsync();
        return (answer.Method, answer.Id);
    }

    /// <summary>One that does nothing: the defaults of every member.</summary>
    private sealed class Listening : SessionParticipant;

    private sealed class Participant(Func<CwmpMessage, OrderPassage> judge) : SessionParticipant
    {
        public ConcurrentQueue<string> Said { get; } = new();

        public string? Replacement { get; set; }

        public bool Fails { get; set; }

        public override ValueTask<OrderPassage> OrderAsync(DeviceSession session, CwmpMessage order)
        {
            var passage = judge(order);
            Said.Enqueue(passage is OrderPassage.Goes ? "ordered " + order.Name : "dropped " + order.Name);
            return new ValueTask<OrderPassage>(passage);
        }

        public override ValueTask OrderDroppedAsync(DeviceSession session, CwmpMessage order)
        {
            Said.Enqueue("dropped " + order.Name);
            return default;
        }

        public override ValueTask<CwmpMessage> DeviceMessageAsync(DeviceSession session, CwmpMessage message, CwmpMessage? order)
        {
            Said.Enqueue($"told {message.Name} {order?.Name}");
            return Fails ? throw new InvalidOperationException("test") : new ValueTask<CwmpMessage>(MessageRewrite.Values(message, (_, _) => Replacement)!);
        }

        public override ValueTask EndedAsync(DeviceSession session)
        {
            Said.Enqueue("ended");
            return default;
        }
    }
}
