using CwmpShield.Core.Audit;
using CwmpShield.Core.Cwmp;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Drifting;
using CwmpShield.Gateway.Tests.Doubles;

namespace CwmpShield.Gateway.Tests.Drifting;

/// <summary>A whole gateway before an ACS that sets values and reads them; the test says what the device answers.</summary>
internal sealed class DriftLab : IAsyncDisposable
{
    private DriftLab(QueueingAcs acs, Lab lab) => (Acs, Lab) = (acs, lab);

    public QueueingAcs Acs { get; }

    public Lab Lab { get; }

    public DriftStore Drifts => new(Lab.Store);

    public static async Task<DriftLab> StartAsync(Func<GatewayOptions, GatewayOptions>? options = null)
    {
        var acs = QueueingAcs.Start();
        return new DriftLab(acs, await Lab.StartAsync(acs.Server, options));
    }

    public static DeviceId Device(string serial = "1") => new(Lab.Oui, Lab.ProductClass, serial);

    /// <summary>One session in which the ACS gives orders and the device answers each.</summary>
    public async Task SessionAsync(IReadOnlyList<(Func<string, string> Order, Func<string, string> Answer)> orders, string serial = "1", string? inform = null)
    {
        foreach (var (order, _) in orders)
        {
            Acs.Order(order);
        }

        await using var device = await Lab.DeviceAsync(serial);
        Assert.Equal("InformResponse", (await device.PostAsync(inform ?? Soap.Inform(serial))).Method);
        var seen = await device.EmptyAsync();
        foreach (var (_, answer) in orders)
        {
            Assert.Equal(200, seen.Status);
            seen = await device.PostAsync(answer(seen.Id));
        }

        Assert.Equal(204, seen.Status);
        await Lab.QuietAsync();

        // What nobody waits for is written with the next write that somebody does.
        await Lab.Store.WriteAsync(_ => ValueTask.FromResult(0), default);
    }

    /// <summary>The ACS sets values, and the device says yes.</summary>
    public Task SetAsync(params (string Name, string Type, string Value)[] values) => SessionAsync([(id => DriftSoap.Set(id, values), id => DriftSoap.SetDone(id))]);

    /// <summary>The ACS reads, and the device reports these values.</summary>
    public Task ReadAsync(params (string Name, string Type, string Value)[] values) =>
        SessionAsync([(id => Soap.GetParameterValues(id, "InternetGatewayDevice."), id => DriftSoap.Values(id, values))]);

    public async Task<IReadOnlyList<OpenDrift>> OpenAsync(string serial = "1") => await Drifts.ListAsync(Device(serial), 0, 1000, default);

    public Task<IReadOnlyList<AuditRecord>> RecordsAsync(int count) => Lab.LedgerAsync(record => record.Kind == AuditKind.Drift, count);

    /// <summary>How many rows the store keeps for a device, and all of their text.</summary>
    public async Task<(long Rows, string Text)> StoredAsync()
    {
        var rows = await Lab.Store.ReadAsync(
            commands => commands.QueryAsync(
                "SELECT name || ' ' || form || ' ' || same || ' ' || mac || ' ' || COALESCE(shown, '') || ' ' || COALESCE(observed_shown, '') FROM expectation", row => row.GetString(0)),
            default);
        return (rows.Count, string.Join('\n', rows));
    }

    public async ValueTask DisposeAsync()
    {
        await Lab.DisposeAsync();
        await Acs.Server.DisposeAsync();
    }
}
