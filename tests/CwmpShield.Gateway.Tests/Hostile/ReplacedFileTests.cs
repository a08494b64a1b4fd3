using CwmpShield.Soak.Rig;

namespace CwmpShield.Gateway.Tests.Hostile;

/// <summary>Certificate, revocation list, rules and manifest that are replaced under load.</summary>
[Collection(HostileGroup.Name)]
public sealed class ReplacedFileTests(HostileRig hostile)
{
    private readonly TestRig rig = hostile.Rig;

    [Fact]
    public async Task Fails_no_session_while_its_files_are_replaced_and_takes_each_of_them_in()
    {
        var before = await rig.Gateway.MetricsAsync();
        HonestFigures figures;
        await using (var honest = rig.Honest(devices: 6, pauseMilliseconds: 10))
        {
            honest.Turn();
            await using var reloads = new Reloads(rig.Folder, TimeSpan.FromMilliseconds(250));
            await Listening.ListenerHost.EventuallyAsync(
                async () => Taken(await rig.Gateway.MetricsAsync()).Zip(Taken(before)).All(count => count.First >= count.Second + 2), "two reloads of everything");
            figures = honest.Turn();
        }

        Assert.True(figures.Failures.Count == 0, string.Join("; ", figures.Failures));
        Assert.NotEmpty(figures.Milliseconds);
    }

    /// <summary>How often each kind of file was taken in.</summary>
    private static double[] Taken(Scraped metrics) =>
    [
        metrics.Sum("cwmpshield_reloads_total", "what=\"server-certificate\"", "outcome=\"succeeded\""),
        metrics.Sum("cwmpshield_reloads_total", "what=\"rules\"", "outcome=\"succeeded\""),
        metrics.Sum("cwmpshield_crl_loads_total"),
        metrics.Sum("cwmpshield_artefact_manifest_loads_total"),
    ];
}
