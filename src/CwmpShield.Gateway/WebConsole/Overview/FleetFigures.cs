using CwmpShield.Core.Identity;
using CwmpShield.Gateway.Storage;

namespace CwmpShield.Gateway.WebConsole.Overview;

/// <summary>Figures of the whole store. Counting millions of rows is not done for every reader: they are kept for some seconds.</summary>
internal sealed class FleetFigures(Store store, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Soon = TimeSpan.FromDays(Pages.IndexModel.WarnDays);
    private readonly SemaphoreSlim room = new(1);
    private FleetCount? kept;
    private long keptAt;

    /// <summary>The figures, some seconds old at most.</summary>
    public async ValueTask<FleetCount> ReadAsync(CancellationToken cancellationToken)
    {
        await room.WaitAsync(cancellationToken);
        try
        {
            if (kept is null || time.GetElapsedTime(keptAt) > Life)
            {
                kept = await store.ReadAsync(CountAsync, cancellationToken);
                keptAt = time.GetTimestamp();
            }

            return kept;
        }
        finally
        {
            room.Release();
        }
    }

    /// <summary>Forgets them: an operator has just changed something and wants to see it.</summary>
    public void Forget() => kept = null;

    /// <inheritdoc/>
    public void Dispose() => room.Dispose();

    private async ValueTask<FleetCount> CountAsync(StoreCommands commands)
    {
        var now = time.GetUtcNow();
        var devices = await commands.QueryAsync("SELECT status, count(*) FROM device GROUP BY status", reader => (StatusName.Read(reader.GetString(0)), reader.GetInt64(1)));
        var held = await commands.ScalarAsync("SELECT count(*) FROM held_order WHERE status = 'held'");
        var ending = await commands.ScalarAsync(
            "SELECT count(*) FROM certificate_seen WHERE not_after > @now AND not_after <= @soon",
            ("@now", now.ToUnixTimeMilliseconds()),
            ("@soon", (now + Soon).ToUnixTimeMilliseconds()));
        var halted = await commands.ScalarAsync("SELECT count(*) FROM rollout WHERE status <> 'running'");
        var drifts = await commands.ScalarAsync("SELECT count(*) FROM expectation WHERE drift <> ''");
        return new FleetCount(
            [.. Enum.GetValues<DeviceStatus>().Select(status => (status, devices.FirstOrDefault(pair => pair.Item1 == status).Item2)).OrderByDescending(pair => pair.status == DeviceStatus.Active)],
            (long)held!,
            (long)ending!,
            (long)halted!,
            (long)drifts!);
    }
}

/// <summary>Figures of the whole store.</summary>
/// <param name="Devices">Devices of each status.</param>
/// <param name="Held">Orders that wait for a decision.</param>
/// <param name="EndingCertificates">Certificates of devices that end soon.</param>
/// <param name="HaltedRollouts">Rollouts that stand still.</param>
/// <param name="Drifts">Settings that differ from what was ordered.</param>
internal sealed record FleetCount(IReadOnlyList<(DeviceStatus Status, long Count)> Devices, long Held, long EndingCertificates, long HaltedRollouts, long Drifts)
{
    /// <summary>Devices of one status.</summary>
    public long Of(DeviceStatus status) => Devices.First(pair => pair.Status == status).Count;
}
