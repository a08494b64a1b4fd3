using System.Globalization;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Inspection;
using CwmpShield.Gateway.Tests.Doubles;
using CwmpShield.Gateway.Throttling;
using Microsoft.Extensions.DependencyInjection;

namespace CwmpShield.Gateway.Tests.Throttling;

/// <summary>How many sessions may begin, and what the others are told.</summary>
public sealed class SessionAdmissionTests
{
    [Fact]
    public void Gives_those_who_must_wait_one_time_after_the_other()
    {
        var clock = new MovableClock();
        var admission = new SessionAdmission(new AdmissionOptions { SessionsPerSecond = 10 }, clock);
        var begun = Enumerable.Range(0, 110).Select(_ => admission.TryBegin(out var wait) ? TimeSpan.Zero : wait).ToList();

        Assert.Equal(10, begun.Count(wait => wait == TimeSpan.Zero));
        Assert.Equal(begun.Order(), begun);
        Assert.Equal(TimeSpan.FromSeconds(10), begun[^1]);

        clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(10, Enumerable.Range(0, 20).Count(i => admission.TryBegin(out _)));
        Assert.False(admission.TryBegin(out var later));
        Assert.InRange(later, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(7));
    }

    [Fact]
    public void Lets_any_number_begin_where_none_is_set()
    {
        var admission = new SessionAdmission(new AdmissionOptions(), TimeProvider.System);

        Assert.All(Enumerable.Range(0, 10_000), i => Assert.True(admission.TryBegin(out _)));
    }

    [Fact]
    public async Task Tells_a_new_session_to_come_later_while_the_one_in_progress_goes_on()
    {
        var acs = QueueingAcs.Start();
        await using var server = acs.Server;
        acs.Order(id => Soap.GetParameterValues(id));
        var clock = new MovableClock();
        clock.Jump(TimeProvider.System.GetUtcNow() - clock.GetUtcNow());
        await using var lab = await Lab.StartAsync(
            server,
            options => options with { Admission = new AdmissionOptions { SessionsPerSecond = 1 } },
            builder => builder.Services.AddSingleton<TimeProvider>(clock));
        await using var first = await lab.DeviceAsync("1");
        await using var second = await lab.DeviceAsync("2");
        await first.InformAsync();

        var refused = await second.PostAsync(Soap.Inform("2"));

        Assert.Equal((503, "", "close"), (refused.Status, refused.Body, refused.Header("Connection")));
        Assert.InRange(int.Parse(refused.Header("Retry-After")!, CultureInfo.InvariantCulture), 5, 900);
        await lab.CountsAsync("cwmpshield_requests_rejected_total", InspectionReason.SessionsTooFast);
        Assert.Equal("GetParameterValues", (await first.EmptyAsync()).Method);
        Assert.Equal(204, (await first.PostAsync(Soap.GetParameterValuesResponse("o1"))).Status);
    }

    [Fact]
    public async Task Tells_a_session_beyond_the_number_at_one_time_to_come_later()
    {
        await using var server = QueueingAcs.Start().Server;
        await using var lab = await Lab.StartAsync(server, options => options with { Admission = new AdmissionOptions { MaxSessions = 1 } });
        await using var first = await lab.DeviceAsync("1");
        await using var second = await lab.DeviceAsync("2");
        await first.InformAsync();

        var refused = await second.PostAsync(Soap.Inform("2"));

        Assert.Equal(503, refused.Status);
        Assert.InRange(int.Parse(refused.Header("Retry-After")!, CultureInfo.InvariantCulture), 30, 45);
        await lab.CountsAsync("cwmpshield_requests_rejected_total", InspectionReason.SessionsFull);
        Assert.Equal(204, (await first.EmptyAsync()).Status);
    }
}
