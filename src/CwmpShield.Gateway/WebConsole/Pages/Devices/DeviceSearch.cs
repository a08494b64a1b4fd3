using CwmpShield.Core.Identity;
using CwmpShield.Gateway.Storage;

namespace CwmpShield.Gateway.WebConsole.Pages;

/// <summary>
/// Finds a page of devices. What no index answers is looked for in steps, for a bounded time, and in few searches at once: a reader of the
/// console shall not slow the store down that devices wait for.
/// </summary>
internal sealed class DeviceSearch(Store store, TimeProvider time) : IDisposable
{
    private const int MaxAtOnce = 2;
    private const long Step = 50_000;
    private static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private readonly SemaphoreSlim room = new(MaxAtOnce);

    /// <summary>The devices behind a key that fit, in the order of their keys.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="after">Key behind which the page begins, 0 for the first.</param>
    /// <param name="size">How many at most.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <exception cref="RegistryUnavailableException">Too many search already, or the store is away.</exception>
    public async ValueTask<DevicePage> FindAsync(DeviceFilter filter, long after, int size, CancellationToken cancellationToken)
    {
        if (!await room.WaitAsync(Patience, cancellationToken))
        {
            throw new RegistryUnavailableException("Too many searches for devices at once.");
        }

        try
        {
            return await SearchAsync(filter, after, size, cancellationToken);
        }
        finally
        {
            room.Release();
        }
    }

    public void Dispose() => room.Dispose();

    private async ValueTask<DevicePage> SearchAsync(DeviceFilter filter, long after, int size, CancellationToken cancellationToken)
    {
        var last = await store.ReadAsync(commands => commands.ScalarAsync("SELECT MAX(id) FROM device"), cancellationToken) as long? ?? 0;
        var begun = time.GetTimestamp();
        var rows = new List<RegisteredDevice>();
        for (var from = after; from < last; from = Math.Min(from + Step, last))
        {
            if (from > after && time.GetElapsedTime(begun) >= MaxTime)
            {
                return new DevicePage(rows, from, IsWhole: false);
            }

            // One more than is shown tells whether there is a next page.
            var step = filter with { Through = Math.Min(from + Step, last) };
            var limit = size + 1 - rows.Count;
            var start = from;
            var found = await store.ReadAsync(commands => DeviceRows.ReadAsync(commands, seal: null, step.Condition(limit), step.Values(start)), cancellationToken);
            rows.AddRange(found.Select(record => record.Device));
            if (rows.Count > size)
            {
                rows.RemoveAt(size);
                return new DevicePage(rows, rows[^1].Key, IsWhole: true);
            }
        }

        return new DevicePage(rows, null, IsWhole: true);
    }
}

/// <summary>A page of devices.</summary>
/// <param name="Rows">Those that were found.</param>
/// <param name="Next">Key behind which the next page begins; null where this is the last.</param>
/// <param name="IsWhole">Whether the page is as full as it can be; else the search's time was over at <paramref name="Next"/>.</param>
internal sealed record DevicePage(IReadOnlyList<RegisteredDevice> Rows, long? Next, bool IsWhole);
