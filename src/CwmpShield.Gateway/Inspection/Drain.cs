using CwmpShield.Gateway.Configuration;
using Microsoft.Extensions.Hosting;

namespace CwmpShield.Gateway.Inspection;

/// <summary>
/// Lets the sessions in progress finish when the gateway is told to stop. <c>/readyz</c> says 503 from the first moment; the doors
/// stay open, because a session may need another connection, and a device that wants a new one is told when to come again.
/// </summary>
internal sealed class Drain(SessionTable table, GatewayOptions options, TimeProvider time) : IHostedLifecycleService
{
    private volatile bool isRefusing;

    /// <summary>Whether no new session may begin.</summary>
    public bool IsRefusing => isRefusing;

    /// <summary>Waits for the sessions in progress, before anything else stops; cancelled, it waits for none.</summary>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(options.Drain.ReadinessTime, time, cancellationToken);
            isRefusing = true;
            var late = Task.Delay(options.Drain.SessionTime, time, cancellationToken);

            // Again and again: a session may have begun while the first were counted.
            while (!late.IsCompleted && table.All.Select(session => session.Closed).ToList() is { Count: > 0 } open)
            {
                await Task.WhenAny(late, Task.WhenAll(open));
            }
        }
        catch (OperationCanceledException)
        {
            isRefusing = true;
        }
    }

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
