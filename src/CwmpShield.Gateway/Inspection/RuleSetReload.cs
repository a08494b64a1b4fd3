using CwmpShield.Gateway.Configuration;
using Microsoft.Extensions.Hosting;

namespace CwmpShield.Gateway.Inspection;

/// <summary>Lets the rules look at their files every <see cref="RulesOptions.ReloadInterval"/>.</summary>
internal sealed class RuleSetReload(RuleSetHolder rules, GatewayOptions options, TimeProvider time) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Rules.ReloadInterval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            rules.Poll();
        }
    }
}
