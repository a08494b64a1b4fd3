using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CwmpShield.Gateway.Auditing.Syslog;

/// <summary>
/// Serves every receiver, each on its own. It is started before the ledger's writer, so that a new receiver hears of the node's start, and
/// stopped after it, so that all hear of its end.
/// </summary>
internal sealed class SyslogService(
    AuditOptions options, Store store, SyslogTimes times, SyslogMetrics metrics, TimeProvider time, ILogger<SyslogDelivery> log) : IHostedService, IDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private readonly string[] chains = [options.Node, options.Node + OperatorAudit.Suffix];
    private SyslogDelivery[] deliveries = [];
    private Task running = Task.CompletedTask;

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        deliveries = [.. options.Syslog.Select(receiver => new SyslogDelivery(store, receiver, chains, times, metrics, time, log))];
        try
        {
            await ForgetAsync();
            foreach (var delivery in deliveries)
            {
                await delivery.OpenAsync();
            }
        }
        catch (RegistryUnavailableException)
        {
            // Delivery waits for the store itself.
        }

        if (deliveries.Length > 0)
        {
            metrics.Watch(deliveries);
            running = Task.WhenAll([.. deliveries.Select(one => Task.Run(() => one.RunAsync(stopping.Token), CancellationToken.None)), Task.Run(MeasureAsync, CancellationToken.None)]);
        }
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await stopping.CancelAsync();
        await running.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <inheritdoc/>
    public void Dispose() => stopping.Dispose();

    private async ValueTask ForgetAsync()
    {
        string[] names = [.. options.Syslog.Select(one => one.Name)];
        await store.WriteAsync(
            async commands =>
            {
                foreach (var chain in chains)
                {
                    await SyslogCursors.ForgetOthersAsync(commands, chain, names);
                }

                return 0;
            },
            CancellationToken.None);
    }

    private async Task MeasureAsync()
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                foreach (var delivery in deliveries)
                {
                    await delivery.MeasureAsync(stopping.Token);
                }
            }
            catch (Exception error) when (error is RegistryUnavailableException or OperationCanceledException)
            {
                // Measured again soon.
            }

            await Task.Delay(times.Measure, time, stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
