using Microsoft.Extensions.Hosting;

namespace CwmpShield.Gateway.Revocation;

/// <summary>Runs the sources of every listener in the background.</summary>
internal sealed class RevocationRefresher(CertificateDoors doors, IHostApplicationLifetime lifetime) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The listeners name their sources when they are opened, which the start of the application completes.
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
        await Task.WhenAll(doors.Sources.Select(source => Task.Run(() => source.RunAsync(stoppingToken), stoppingToken)));
    }
}
