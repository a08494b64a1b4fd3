using System.Collections.Concurrent;
using CwmpShield.Core.Cwmp;
using CwmpShield.Gateway.Inspection;
using CwmpShield.Gateway.Storage;

namespace CwmpShield.Gateway.Drifting;

/// <summary>
/// Writes what devices are expected to report. No session waits for it: it shares the commit of what the session must wait for. What cannot
/// be written is counted, as a drift that may be missed.
/// </summary>
internal sealed class DriftWrites(Store store, DriftSignals signals)
{
    private readonly ConcurrentDictionary<DeviceId, Task> pending = new();

    /// <summary>Expects these from now on, and those no more.</summary>
    public void Put(DeviceSession session, IReadOnlyList<Expectation> put, IReadOnlyList<Expectation> forgotten)
    {
        if (put.Count + forgotten.Count > 0)
        {
            Post(session, async commands =>
            {
                await ExpectationRows.PutAsync(commands, session.Device.Device, put);
                foreach (var one in forgotten)
                {
                    await ExpectationRows.ForgetAsync(commands, session.Device.Device, one.Name);
                }

                return 0;
            });
        }
    }

    /// <summary>Expects nothing of the session's device any more.</summary>
    public void Forget(DeviceSession session) => Post(session, async commands =>
    {
        await ExpectationRows.ForgetAsync(commands, session.Device.Device);
        return 0;
    });

    /// <summary>Completes when what was posted for a device is written, or has failed.</summary>
    public Task SettledAsync(DeviceId device) => pending.GetValueOrDefault(device) ?? Task.CompletedTask;

    private void Post(DeviceSession session, Func<StoreCommands, ValueTask<int>> work)
    {
        var device = session.Device.Device;
        var write = WriteAsync(session, work);
        pending[device] = write;
        _ = write.ContinueWith(
            done => pending.TryRemove(KeyValuePair.Create(device, done)), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private async Task WriteAsync(DeviceSession session, Func<StoreCommands, ValueTask<int>> work)
    {
        try
        {
            await store.WriteSoonAsync(work, CancellationToken.None);
        }
        catch (RegistryUnavailableException error)
        {
            signals.Missed(session, error);
        }
    }
}
