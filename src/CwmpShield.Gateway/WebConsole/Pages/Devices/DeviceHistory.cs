using CwmpShield.Core.Cwmp;
using CwmpShield.Gateway.Auditing;
using CwmpShield.Gateway.Drifting;
using CwmpShield.Gateway.WebConsole.Accounts;
using CwmpShield.Gateway.WebConsole.Evidence;

namespace CwmpShield.Gateway.WebConsole.Pages;

/// <summary>What the ledger tells of one device, and where it differs from what it was ordered.</summary>
/// <param name="Rows">Its newest records, newest first.</param>
/// <param name="Drifts">Its open differences.</param>
internal sealed record DeviceHistory(IReadOnlyList<LedgerRow> Rows, IReadOnlyList<OpenDrift> Drifts)
{
    private const int MaxRows = 25;

    /// <summary>Nothing yet.</summary>
    public static DeviceHistory None { get; } = new([], []);

    /// <summary>Reads it, without what <paramref name="session"/> may not see.</summary>
    public static async ValueTask<DeviceHistory> ReadAsync(LedgerSearch search, DriftStore drift, DeviceId device, ConsoleSession? session, CancellationToken cancellationToken) => new(
        await search.FindAsync(RecordSight.Narrow(session, new LedgerQuery { Device = device.ToString(), Limit = MaxRows }), cancellationToken),
        await drift.ListAsync(device, 0, MaxRows, cancellationToken));
}
