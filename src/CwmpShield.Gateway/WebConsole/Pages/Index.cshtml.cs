using CwmpShield.Core.Identity;
using CwmpShield.Gateway.Inspection;
using CwmpShield.Gateway.WebConsole.Overview;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CwmpShield.Gateway.WebConsole.Pages;

/// <summary>How things stand, and what asks for somebody.</summary>
internal sealed class IndexModel(FleetFigures figures, SessionTable sessions, RuleSetHolder rules, HealthCheckService health, TimeProvider time) : ConsolePage
{
    /// <summary>Days before its end from which a certificate asks for attention.</summary>
    public const int WarnDays = 30;

    /// <summary>When the page was made.</summary>
    public DateTimeOffset Now { get; private set; }

    /// <summary>Sessions in progress on this node.</summary>
    public long Sessions { get; private set; }

    /// <summary>Devices of each status.</summary>
    public IReadOnlyList<(DeviceStatus Status, long Count)> Devices { get; private set; } = [];

    /// <summary>Orders that wait for a decision.</summary>
    public long Held { get; private set; }

    /// <summary>Readiness checks.</summary>
    public IReadOnlyList<(string Name, bool IsHealthy)> Checks { get; private set; } = [];

    /// <summary>What asks for somebody, worst first.</summary>
    public IReadOnlyList<AttentionItem> Attention { get; private set; } = [];

    /// <summary>Version of the rules in force.</summary>
    public string RuleVersion => rules.Current.Version;

    /// <summary>SHA-256 of the rules in force.</summary>
    public string RuleHash => rules.Current.Hash;

    /// <summary>Rules in force.</summary>
    public int RuleCount => rules.Current.Rules.Length;

    /// <summary>Gathers the figures.</summary>
    public async Task OnGetAsync()
    {
        Now = time.GetUtcNow();
        Sessions = sessions.All.LongCount();
        var report = await health.CheckHealthAsync(Gone);
        Checks = [.. report.Entries.Select(entry => (entry.Key, entry.Value.Status == HealthStatus.Healthy))];
        var fleet = await figures.ReadAsync(Gone);
        (Devices, Held) = (fleet.Devices, fleet.Held);
        Attention = AttentionItem.Find(Checks, fleet);
    }
}
