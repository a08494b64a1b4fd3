using CwmpShield.Core.Audit;
using CwmpShield.Gateway.Auditing;
using CwmpShield.Gateway.Storage;

namespace CwmpShield.Gateway.Reporting;

/// <summary>The rare records of the period: what nodes, operators and the gateway itself did. Bounded for each kind.</summary>
internal sealed class ReportEvents
{
    private static readonly AuditKind[] Kinds =
    [
        AuditKind.NodeStarted, AuditKind.NodeEnded, AuditKind.Pruned, AuditKind.Summarised, AuditKind.RulesChanged, AuditKind.ManifestChanged,
        AuditKind.ConfigurationChanged, AuditKind.OperatorAction, AuditKind.FailClosed, AuditKind.BreakGlass,
    ];

    private readonly Dictionary<AuditKind, List<AuditRecord>> byKind = [];

    /// <summary>Reads them in one pass.</summary>
    public static async ValueTask<ReportEvents> ReadAsync(Store store, ReportRequest request, CancellationToken cancellationToken)
    {
        var events = new ReportEvents();
        var query = new LedgerQuery { From = request.From, To = request.To, Kinds = Kinds };
        await foreach (var row in new LedgerPages(store).ReadAsync(query, cancellationToken))
        {
            // What strangers sent is in the counts; here only what the ledger itself lost.
            if (row.Record.Kind == AuditKind.Summarised && row.Record.Action != AuditReason.Lost)
            {
                continue;
            }

            var list = events.byKind.TryGetValue(row.Record.Kind, out var known) ? known : events.byKind[row.Record.Kind] = [];
            if (list.Count < request.MaxRows)
            {
                list.Add(row.Record);
            }
        }

        return events;
    }

    /// <summary>Records of a kind, the oldest first.</summary>
    public IReadOnlyList<AuditRecord> Of(AuditKind kind) => byKind.GetValueOrDefault(kind) ?? [];

    /// <summary>Records of several kinds, the oldest first.</summary>
    public IReadOnlyList<AuditRecord> Of(params ReadOnlySpan<AuditKind> kinds)
    {
        var all = new List<AuditRecord>();
        foreach (var kind in kinds)
        {
            all.AddRange(Of(kind));
        }

        return [.. all.OrderBy(one => one.At).ThenBy(one => one.Sequence)];
    }
}
