using Microsoft.Extensions.Hosting;

namespace CwmpShield.Gateway.Storage;

/// <summary>Looks for what other nodes, or the command line, change in the store, as long as the gateway runs.</summary>
internal sealed class StoreWatch(Store store, TimeProvider time) : BackgroundService
{
    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => store.WatchAsync(time, stoppingToken);
}
