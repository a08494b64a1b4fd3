using System.Runtime.InteropServices;
using CwmpShield.Core.Audit;
using CwmpShield.Gateway.Auditing;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Inspection;
using CwmpShield.Gateway.Listening;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.WebConsole.Actions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CwmpShield.Gateway.WebConsole.Pages;

/// <summary>How this node stands: checks, listeners, store, ledger, what was read again last, and whether the glass is broken.</summary>
internal sealed class HealthModel(
    HealthCheckService health, BoundEndpoints endpoints, GatewayOptions options, AuditOptions audit, Store store, Auditing.Ledger ledger, LedgerSearch search, BreakGlass glass, GatewayActions actions,
    TimeProvider time) : ConsolePage
{
    private const int MaxChanges = 15;
    private static readonly AuditKind[] Changes =
        [AuditKind.RulesChanged, AuditKind.ManifestChanged, AuditKind.ConfigurationChanged, AuditKind.NodeStarted, AuditKind.NodeEnded, AuditKind.FailClosed];

    /// <summary>Readiness checks.</summary>
    public IReadOnlyList<(string Name, bool IsHealthy)> Checks { get; private set; } = [];

    /// <summary>Listeners: name, place, and how they are protected.</summary>
    public IReadOnlyList<(string Name, string Place, string Protection)> Listeners { get; private set; } = [];

    /// <summary>Starts, ends and changes, newest first.</summary>
    public IReadOnlyList<LedgerRow> LastChanges { get; private set; } = [];

    /// <summary>Engine of the store.</summary>
    public string Engine => store.Engine;

    /// <summary>Name of this node.</summary>
    public string Node => audit.Node;

    /// <summary>Whether the ledger can be written.</summary>
    public bool IsLedgerUp => ledger.IsUp;

    /// <summary>Records that wait to be written.</summary>
    public long Waiting => ledger.Waiting;

    /// <summary>Records that may wait.</summary>
    public int Queue => audit.Queue;

    /// <summary>Receivers of records by syslog.</summary>
    public int Receivers => audit.Syslog.Count;

    /// <summary>The order that broke the glass; null while it is whole.</summary>
    public BreakGlassOrder? Broken => glass.IsBroken ? glass.Order : null;

    /// <summary>When the page was made.</summary>
    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>Version of the gateway.</summary>
    public static string Version { get; } = typeof(HealthModel).Assembly.GetName().Version?.ToString(3) ?? "";

    /// <summary>Version of the runtime, and the operating system.</summary>
    public static string Runtime => $"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}";

    /// <summary>The reason as it was written, to be corrected.</summary>
    public string Reason { get; private set; } = "";

    /// <summary>What was just done, in words; null for nothing.</summary>
    public string? Done { get; private set; }

    /// <summary>Gathers it.</summary>
    public Task OnGetAsync(string? done)
    {
        Done = done == "mend" ? "Mended: every node refuses by its rules again within seconds." : null;
        return ReadAsync();
    }

    /// <summary>Mends the glass.</summary>
    public async Task<IActionResult> OnPostAsync(string? reason)
    {
        Reason = reason?.Trim() ?? "";
        Problem = OperatorActions.ReasonProblem(Reason) ?? (Broken is null ? "The glass is whole; nothing was changed." : null);
        if (Problem is null)
        {
            await actions.MendAsync(Acting, Reason, Gone);
            return LocalRedirect("/health?done=mend");
        }

        await ReadAsync();
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    private async Task ReadAsync()
    {
        var report = await health.CheckHealthAsync(Gone);
        Checks = [.. report.Entries.Select(entry => (entry.Key, entry.Value.Status == HealthStatus.Healthy))];
        Listeners =
        [
            .. options.Listeners.Select(listener => (listener.Name, endpoints.Device(listener.Name).ToString(), listener.AllowPlaintext ? "without TLS" : $"TLS, client certificates {listener.ClientCertificates.ToString().ToLowerInvariant()}")),
            ("management", endpoints.Management.ToString(), options.Management.HasTls ? "TLS" : "without TLS, this machine only"),
        ];
        LastChanges = await search.FindAsync(new LedgerQuery { Kinds = Changes, Limit = MaxChanges }, Gone);
    }
}
