using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Inspection;
using CwmpShield.Gateway.Tests.Doubles;
using CwmpShield.Gateway.Tests.Listening;
using Microsoft.Extensions.DependencyInjection;

namespace CwmpShield.Gateway.Tests.EndToEnd;

/// <summary>A refused message: who is told, how, and that the session goes on.</summary>
public sealed class RefusalTests
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Refuses_an_order_to_the_ACS_and_delivers_the_next_one()
    {
        var acs = QueueingAcs.Start();
        await using var server = acs.Server;
        acs.Order(id => Soap.RogueDownload(id));
        acs.Order(id => Soap.RogueDownload(id));
        acs.Order(id => Soap.GetParameterValues(id));
        await using var lab = await Lab.StartAsync(server);
        await using var device = await lab.DeviceAsync();
        await device.InformAsync();

        var seen = await device.EmptyAsync();
        Assert.Equal(("GetParameterValues", "o3"), (seen.Method, seen.Id));
        Assert.Equal(204, (await device.PostAsync(Soap.GetParameterValuesResponse("o3"))).Status);

        Assert.Equal("Inform - 9001 9001 GetParameterValuesResponse", server.Words);
        Assert.Equal(1, server.Connections);
        Assert.Equal(("9001", "9001"), (acs.Faults["o1"], acs.Faults["o2"]));
        await lab.CountsAsync("cwmpshield_refusals_total", "test-rule");
    }

    [Fact]
    public async Task Shows_every_judgement_to_those_who_watch()
    {
        var acs = QueueingAcs.Start();
        await using var server = acs.Server;
        acs.Order(id => Soap.RogueDownload(id));
        await using var lab = await Lab.StartAsync(server);
        var watched = lab.Services.GetRequiredService<DecisionFeed>().Watch();
        await using var device = await lab.DeviceAsync();
        await device.InformAsync();
        await device.EmptyAsync();

        var seen = new List<string>();
        while (watched.TryRead(out var judged))
        {
            seen.Add($"{judged.Message} {judged.Decision.Verdict} {judged.Device?.SerialNumber}");
        }

        Assert.Equal(["Inform Forward 1", "InformResponse Forward 1", "Download Deny 1"], seen);
    }

    [Fact]
    public async Task Gives_204_when_the_only_order_is_refused()
    {
        var acs = QueueingAcs.Start();
        await using var server = acs.Server;
        acs.Order(id => Soap.RogueDownload(id));
        await using var lab = await Lab.StartAsync(server);
        await using var device = await lab.DeviceAsync();
        await device.InformAsync();

        var end = await device.EmptyAsync();

        Assert.Equal((204, ""), (end.Status, end.Body));
        Assert.Equal("Inform - 9001", server.Words);
        await lab.QuietAsync();
        await lab.CountsAsync("cwmpshield_sessions_total", "completed");
    }

    [Fact]
    public async Task Refuses_an_order_that_follows_an_allowed_one_as_recorded()
    {
        var acs = QueueingAcs.Start();
        await using var server = acs.Server;
        acs.Order(id => Soap.GetParameterValues(id));
        acs.Order(id => Soap.RogueDownload(id));
        await using var lab = await Lab.StartAsync(server);
        await using var device = await lab.DeviceAsync();
        await device.InformAsync();
        await device.EmptyAsync();

        Assert.Equal(204, (await device.PostAsync(Soap.GetParameterValuesResponse("o1"))).Status);

        Assert.Equal("Inform - GetParameterValuesResponse 9001", server.Words);
    }

    [Fact]
    public async Task Lets_the_device_go_after_the_rounds_and_refuses_on_until_the_ACS_is_done()
    {
        var acs = QueueingAcs.Start();
        await using var server = acs.Server;
        for (var i = 0; i < 20; i++)
        {
            acs.Order(id => Soap.RogueDownload(id));
        }

        acs.Order(id => Soap.GetParameterValues(id));
        await using var lab = await Lab.StartAsync(server, options => options with { Refusal = new RefusalOptions { MaxRounds = 3, MaxTime = Long } });
        await using var device = await lab.DeviceAsync();
        await device.InformAsync();

        Assert.Equal(204, (await device.EmptyAsync()).Status);

        await lab.QuietAsync();
        Assert.Equal(21, acs.Faults.Count);
        Assert.All(acs.Faults, fault => Assert.Equal("9001", fault.Value));
        Assert.False(acs.HasOpenSession);
        Assert.Equal(1, server.Connections);
        await lab.CountsAsync("cwmpshield_sessions_total", "refusals-exhausted");
    }

    [Fact]
    public async Task Lets_the_device_go_at_once_when_the_time_is_over_though_the_ACS_is_slow()
    {
        using var release = new ManualResetEventSlim();
        await using var server = new ScriptedAcs(request =>
        {
            switch (request.Word)
            {
                case "Inform":
                    return AcsAnswer.Soap(Soap.InformResponse(request.Id));
                case "-":
                    return AcsAnswer.Soap(Soap.RogueDownload("o1"));
                default:
                    release.Wait(TimeSpan.FromSeconds(20));
                    return request.Id == "o1" ? AcsAnswer.Soap(Soap.Reboot("o2")) : AcsAnswer.Done;
            }
        });
        await using var lab = await Lab.StartAsync(server, options => options with { Refusal = new RefusalOptions { MaxTime = TimeSpan.FromMilliseconds(200) } });
        await using var device = await lab.DeviceAsync();
        await device.InformAsync();

        Assert.Equal(204, (await device.EmptyAsync()).Status);
        Assert.False(release.IsSet);
        release.Set();

        await lab.QuietAsync();
        Assert.Equal("Inform - 9001 9001", server.Words);
        Assert.Equal("o2", server.Received.Last().Id);
    }

    [Fact]
    public async Task Abandons_an_ACS_that_never_ends_its_orders()
    {
        var ids = 0;
        await using var server = new ScriptedAcs(request => request.Method == "Inform"
            ? AcsAnswer.Soap(Soap.InformResponse(request.Id))
            : AcsAnswer.Soap(Soap.RogueDownload($"o{Interlocked.Increment(ref ids)}")));
        await using var lab = await Lab.StartAsync(server, options => options with
        {
            Refusal = new RefusalOptions { MaxRounds = 2, MaxTime = Long, DrainRounds = 5, DrainTime = Long },
        });
        await using var device = await lab.DeviceAsync();
        await device.InformAsync();

        Assert.Equal(204, (await device.EmptyAsync()).Status);

        await lab.CountsAsync("cwmpshield_upstream_errors_total", "refusal-abandoned");
        await lab.QuietAsync();
        Assert.Equal(8, server.Received.Count);
    }

    [Fact]
    public async Task Gives_503_when_the_process_has_too_many_refusals_in_progress()
    {
        await using var server = new ScriptedAcs(request => request.Method == "Inform"
            ? AcsAnswer.Soap(Soap.InformResponse(request.Id))
            : AcsAnswer.Soap(Soap.RogueDownload("o1")));
        await using var lab = await Lab.StartAsync(server, options => options with { Refusal = new RefusalOptions { MaxLoops = 0 } });
        await using var device = await lab.DeviceAsync();
        await device.InformAsync();

        var refused = await device.EmptyAsync();

        Assert.Equal((503, "30", ""), (refused.Status, refused.Header("Retry-After"), refused.Body));
        Assert.Equal("Inform -", server.Words);
        await lab.CountsAsync("cwmpshield_upstream_errors_total", "refusal-capacity");
    }

    [Theory]
    [InlineData("Inform")]
    [InlineData("RequestDownload")]
    public async Task Refuses_a_device_s_request_to_the_device_by_a_fault(string method)
    {
        var acs = QueueingAcs.Start();
        await using var server = acs.Server;
        await using var lab = await Lab.StartAsync(server);
        await using var device = await lab.DeviceAsync();
        if (method == "RequestDownload")
        {
            await device.InformAsync();
        }

        var message = method == "Inform" ? Soap.Inform("1", "7", "M evil") : Soap.Envelope("7", """<cwmp:RequestDownload><FileType>evil</FileType><FileTypeArg soap-enc:arrayType="cwmp:ArgStruct[0]"/></cwmp:RequestDownload>""");
        var fault = await device.PostAsync(message);

        Assert.Equal((200, "Fault", "8001", "7"), (fault.Status, fault.Method, fault.FaultCode, fault.Id));
        Assert.DoesNotContain("RequestDownload", server.Words, StringComparison.Ordinal);
        if (method == "RequestDownload")
        {
            Assert.Equal(204, (await device.EmptyAsync()).Status);
        }
    }

    [Fact]
    public async Task Replaces_a_refused_answer_by_fault_9002_and_delivers_the_next_order()
    {
        var acs = QueueingAcs.Start();
        await using var server = acs.Server;
        acs.Order(id => Soap.GetParameterValues(id));
        acs.Order(Soap.Reboot);
        await using var lab = await Lab.StartAsync(server);
        await using var device = await lab.DeviceAsync();
        await device.InformAsync();
        await device.EmptyAsync();

        var next = await device.PostAsync(Soap.GetParameterValuesResponse("o1", "evil"));

        Assert.Equal(("Reboot", "o2"), (next.Method, next.Id));
        Assert.Equal("9002", acs.Faults["o1"]);
        Assert.DoesNotContain(server.Received, request => request.Body.Contains("evil", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Refuses_an_unreadable_order_under_the_id_that_can_be_made_out()
    {
        var asked = 0;
        await using var server = new ScriptedAcs(request => request.Word switch
        {
            "Inform" => AcsAnswer.Soap(Soap.InformResponse(request.Id)),
            "-" => AcsAnswer.Soap(Soap.Envelope("o1", "<cwmp:Reboot><CommandKey>k</CommandKey></cwmp:Reboot><cwmp:FactoryReset/>")),
            _ when Interlocked.Increment(ref asked) == 1 => AcsAnswer.Soap(Soap.GetParameterValues("o2")),
            _ => AcsAnswer.Done,
        });
        await using var lab = await Lab.StartAsync(server);
        await using var device = await lab.DeviceAsync();
        await device.InformAsync();

        Assert.Equal("o2", (await device.EmptyAsync()).Id);
        Assert.Equal(("9001", "o1"), (server.Received.Last().Word, server.Received.Last().Id));
        await lab.CountsAsync("cwmpshield_parse_errors_total", "two-body-entries");
    }

    [Fact]
    public async Task Records_what_a_rule_would_have_refused_and_lets_it_pass()
    {
        var acs = QueueingAcs.Start();
        await using var server = acs.Server;
        acs.Order(id => Soap.GetParameterValues(id, "InternetGatewayDevice.odd."));
        await using var lab = await Lab.StartAsync(server);
        await using var device = await lab.DeviceAsync();
        await device.InformAsync();

        Assert.Equal("GetParameterValues", (await device.EmptyAsync()).Method);

        await lab.CountsAsync("cwmpshield_messages_total", "observe");
    }

    [Fact]
    public async Task Answers_a_quarantined_device_alone_and_the_ACS_hears_nothing()
    {
        var acs = QueueingAcs.Start();
        await using var server = acs.Server;
        await using var lab = await Lab.StartAsync(server);
        await using var device = await lab.DeviceAsync();

        var informed = await device.PostAsync(Soap.Inform("1", "7", "M plague"));
        Assert.Equal(("InformResponse", "7"), (informed.Method, informed.Id));
        Assert.Equal("8001", (await device.PostAsync(Soap.TransferComplete("8"))).FaultCode);
        Assert.Equal(204, (await device.EmptyAsync()).Status);

        Assert.Equal(0, server.Connections);
        await lab.QuietAsync();
        await lab.CountsAsync("cwmpshield_refusals_total", "device-quarantined");
    }

    [Fact]
    public async Task Refuses_the_orders_of_an_ACS_whose_device_left_while_it_thought()
    {
        using var release = new ManualResetEventSlim();
        await using var server = new ScriptedAcs(request =>
        {
            switch (request.Word)
            {
                case "Inform":
                    return AcsAnswer.Soap(Soap.InformResponse(request.Id));
                case "-":
                    release.Wait(TimeSpan.FromSeconds(20));
                    return AcsAnswer.Soap(Soap.Reboot("o1"));
                default:
                    return AcsAnswer.Done;
            }
        });
        await using var lab = await Lab.StartAsync(server);
        await using var device = await lab.DeviceAsync();
        await device.InformAsync();
        await device.SendAsync("");
        await ListenerHost.EventuallyAsync(() => server.Received.Count == 2, "the empty POST");

        await device.DisposeAsync();
        await ListenerHost.EventuallyAsync(() => lab.Sessions.All.All(session => session.IsEnding), "the session is ending");
        release.Set();

        await lab.QuietAsync();
        Assert.Equal("Inform - 9002", server.Words);
        await lab.CountsAsync("cwmpshield_sessions_total", "device-gone");
    }
}
