using CwmpShield.Gateway.Inspection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CwmpShield.Gateway.Firmware;

/// <summary>Lets the holder look at manifest and store: before the first device is served, then every two seconds.</summary>
internal sealed class ArtefactReload(ArtefactHolder artefacts, RuleSetHolder rules, TimeProvider time, ILogger<ArtefactReload> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await artefacts.PollAsync(cancellationToken);
        if (artefacts.Current.IsConfigured && rules.Current.UnaskedArtefactReasons is { Count: > 0 } unasked)
        {
            log.ReasonsUnasked(string.Join(", ", unasked));
        }

        await base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await artefacts.PollAsync(stoppingToken);
        }
    }
}
