using System.Diagnostics;
using System.Net;
using CwmpShield.Soak.Rig;

namespace CwmpShield.Gateway.Tests.Hostile;

/// <summary>SIGTERM to a gateway at work.</summary>
[Collection(HostileGroup.Name)]
public sealed class StoppingTests
{
    private static readonly IPAddress Home = IPAddress.Parse("127.7.8.3");

    [Fact]
    public async Task Says_not_ready_refuses_new_sessions_finishes_those_in_progress_and_ends_with_exit_0()
    {
        await using var rig = await TestRig.StartAsync(new RigSettings { DrainSeconds = 60 });
        var clock = Stopwatch.StartNew();
        await using (var inside = await OpenAsync(rig, 1))
        {
            Assert.Equal(200, (await inside.AskAsync(Messages.Post(Messages.Inform(HonestFleet.Serial(1))), default)).Status);
            rig.Gateway.Terminate();
            await Listening.ListenerHost.EventuallyAsync(async () => await rig.Gateway.ReadinessAsync() == HttpStatusCode.ServiceUnavailable, "not ready");
            await Listening.ListenerHost.EventuallyAsync(
                async () =>
                {
                    await using var other = await OpenAsync(rig, 2);
                    var refused = await other.AskAsync(Messages.Post(Messages.Inform(HonestFleet.Serial(2))), default);
                    return refused.Status == 503 && refused.Header("Retry-After") == "30";
                },
                "no new session");

            // Longer than a command line would wait for a command that is told to end.
            Assert.False(await rig.Gateway.EndsAsync(TimeSpan.FromSeconds(4)));
            var order = await inside.AskAsync(Messages.Post(""), default);
            Assert.Equal(200, order.Status);
            Assert.Equal(204, (await inside.AskAsync(Messages.Post(Messages.GetParameterValuesResponse(Messages.IdOf(order.Body))), default)).Status);
        }

        Assert.True(await rig.Gateway.EndsAsync(TimeSpan.FromSeconds(40)));
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(60), "It waited for its whole time.");
        Assert.Equal(0, rig.Gateway.ExitCode);
    }

    [Fact]
    public async Task Ends_in_its_time_though_a_session_never_does()
    {
        await using var rig = await TestRig.StartAsync(new RigSettings { DrainSeconds = 1 });
        await using var inside = await OpenAsync(rig, 1);
        Assert.Equal(200, (await inside.AskAsync(Messages.Post(Messages.Inform(HonestFleet.Serial(1))), default)).Status);

        rig.Gateway.Terminate();

        Assert.True(await rig.Gateway.EndsAsync(TimeSpan.FromSeconds(40)));
        Assert.Equal(0, rig.Gateway.ExitCode);
    }

    private static Task<Line> OpenAsync(TestRig rig, int device) =>
        Line.OpenTlsAsync(rig.Gateway.Door("fleet"), Home, rig.Folder.CertificateOf(HonestFleet.Serial(device)), default);
}
