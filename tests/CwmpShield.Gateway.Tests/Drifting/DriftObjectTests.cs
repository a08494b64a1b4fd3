using CwmpShield.Gateway.Drifting;
using CwmpShield.Gateway.Tests.Doubles;
using CwmpShield.Gateway.Tests.Transfers;

namespace CwmpShield.Gateway.Tests.Drifting;

/// <summary>Objects, versions and resets, against what was ordered.</summary>
public sealed class DriftObjectTests
{
    private const string Mapping = DriftSoap.Ports + "3.";

    [Fact]
    public async Task Finds_an_added_object_that_is_gone_and_clears_it_when_it_is_there()
    {
        await using var lab = await DriftLab.StartAsync();
        await lab.SessionAsync([(id => DriftSoap.Add(id, DriftSoap.Ports), id => DriftSoap.Added(id, 3))]);
        await ReadPortsAsync(lab, (DriftSoap.Ports + "1.Enabled", "boolean", "1"));
        Assert.Equal((Mapping, DriftKind.ObjectGone), Named(Assert.Single(await lab.OpenAsync())));

        await ReadPortsAsync(lab, (Mapping + "Enabled", "boolean", "1"));
        Assert.Empty(await lab.OpenAsync());
    }

    [Fact]
    public async Task Finds_an_added_object_whose_name_the_device_does_not_know_any_more()
    {
        await using var lab = await DriftLab.StartAsync();
        await lab.SessionAsync([(id => DriftSoap.Add(id, DriftSoap.Ports), id => DriftSoap.Added(id, 3))]);
        await lab.SessionAsync([(id => Soap.GetParameterValues(id, Mapping + "Enabled"), id => Soap.Fault(id, 9005))]);

        Assert.Equal((Mapping, DriftKind.ObjectGone), Named(Assert.Single(await lab.OpenAsync())));
    }

    [Fact]
    public async Task Finds_a_deleted_object_that_is_back_and_expects_nothing_below_it()
    {
        await using var lab = await DriftLab.StartAsync();
        await lab.SessionAsync([(id => DriftSoap.Add(id, DriftSoap.Ports), id => DriftSoap.Added(id, 3))]);
        await lab.SetAsync((Mapping + "Enabled", "boolean", "1"));
        await lab.SessionAsync([(id => DriftSoap.Delete(id, Mapping), id => DriftSoap.Deleted(id))]);
        Assert.Equal(1, (await lab.StoredAsync()).Rows);

        await ReadPortsAsync(lab, (Mapping + "Enabled", "boolean", "0"));
        Assert.Equal((Mapping, DriftKind.ObjectBack), Named(Assert.Single(await lab.OpenAsync())));
    }

    [Fact]
    public async Task Tells_of_a_reset_that_nobody_ordered_and_expects_nothing_after_it()
    {
        await using var lab = await DriftLab.StartAsync();
        await lab.SetAsync((DriftSoap.Ssid, "string", "Home"));
        await lab.SessionAsync([], inform: Soap.Inform("1", @event: "0 BOOTSTRAP"));

        Assert.Equal([DriftKind.Reset], (await lab.RecordsAsync(1))[0].Reasons);
        Assert.Equal(0, (await lab.StoredAsync()).Rows);
    }

    [Fact]
    public async Task Tells_nothing_of_a_reset_that_was_ordered()
    {
        await using var lab = await DriftLab.StartAsync();
        await lab.SetAsync((DriftSoap.Ssid, "string", "Home"));
        await lab.SessionAsync([(id => Soap.Envelope(id, "<cwmp:FactoryReset/>"), id => Soap.Envelope(id, "<cwmp:FactoryResetResponse/>"))]);
        await lab.SessionAsync([], inform: Soap.Inform("1", @event: "0 BOOTSTRAP"));

        var counts = lab.Lab.Metrics().Split('\n').Where(line => line.StartsWith("cwmpshield_drift_total{", StringComparison.Ordinal)).ToList();
        Assert.All(counts, line => Assert.EndsWith(" 0", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Finds_another_version_than_the_update_brought_until_the_device_runs_it()
    {
        await using var lab = await TransferLab.StartAsync();
        await lab.FillAsync();
        await lab.OrderAsync();
        await lab.SessionAsync(version: "6.6", says: TransferSoap.Complete(), events: "1 BOOT");
        await lab.SessionAsync(version: "6.6");
        var drift = Assert.Single(await new DriftStore(lab.Lab.Store).ListAsync(null, 0, 10, default));
        Assert.Equal((DriftKind.Version, "2.0", "6.6"), (drift.Kind, drift.Expected, drift.Observed));

        await lab.SessionAsync(version: "2.0");
        Assert.Empty(await new DriftStore(lab.Lab.Store).ListAsync(null, 0, 10, default));
    }

    private static (string Name, string Kind) Named(OpenDrift drift) => (drift.Name, drift.Kind);

    private static Task ReadPortsAsync(DriftLab lab, params (string Name, string Type, string Value)[] values) =>
        lab.SessionAsync([(id => Soap.GetParameterValues(id, DriftSoap.Ports), id => DriftSoap.Values(id, values))]);
}
