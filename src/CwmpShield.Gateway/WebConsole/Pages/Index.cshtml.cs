using CwmpShield.Core.Identity;
using CwmpShield.Gateway.Inspection;
using CwmpShield.Gateway.WebConsole.Charts;
using CwmpShield.Gateway.WebConsole.Overview;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CwmpShield.Gateway.WebConsole.Pages;

/// <summary>How things stand, and what asks for somebody.</summary>
internal sealed class IndexModel(
    FleetFigures figures, LedgerFigures ledger, LedgerAttention attention, SessionPulse sessions, RuleSetHolder rules, HealthCheckService health, TimeProvider time) : ConsolePage
{
    /// <summary>Days before its end from which a certificate asks for attention.</summary>
    public const int WarnDays = 30;

    /// <summary>When the page was made.</summary>
    public DateTimeOffset Now { get; private set; }

    /// <summary>Hours that the pictures are of.</summary>
    public int Hours { get; private set; }

    /// <summary>Sessions in progress on this node, over the last day; the last figure is of now.</summary>
    public IReadOnlyList<long> Sessions { get; private set; } = [];

    /// <summary>Figures of the ledger.</summary>
    public LedgerPicture Picture { get; private set; } = null!;

    /// <summary>Labels of the bars.</summary>
    public IReadOnlyList<string> Labels { get; private set; } = [];

    /// <summary>Orders and messages by verdict.</summary>
    public IReadOnlyList<ChartSeries> Verdicts { get; private set; } = [];

    /// <summary>Refusals by kind.</summary>
    public IReadOnlyList<ChartSeries> Refusals { get; private set; } = [];

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
    public async Task<IActionResult> OnGetAsync(string? span)
    {
        if (span is not (null or "24h" or "7d"))
        {
            return BadRequest();
        }

        Hours = span == "7d" ? 168 : 24;
        Now = time.GetUtcNow();
        Sessions = sessions.Read();
        var report = await health.CheckHealthAsync(Gone);
        Checks = [.. report.Entries.Select(entry => (entry.Key, entry.Value.Status == HealthStatus.Healthy))];
        var fleet = await figures.ReadAsync(Gone);
        (Devices, Held) = (fleet.Devices, fleet.Held);
        Picture = await ledger.ReadAsync(Hours, Gone);
        var places = LedgerCharts.Places(Now, Hours);
        Labels = LedgerCharts.Labels(places, Hours);
        Verdicts = LedgerCharts.OfVerdicts(Picture.Hours, places, Hours);
        Refusals = LedgerCharts.OfRefusals(Picture.Hours, places, Hours);
        Attention = [.. AttentionItem.Find(Checks, fleet).Concat(attention.Find(Picture, Now)).OrderBy(item => item.Tone switch { "bad" => 0, "warn" => 1, _ => 2 })];
        return Page();
    }
}
