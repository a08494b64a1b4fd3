using CwmpShield.Core.Audit;
using CwmpShield.Gateway.Auditing;
using CwmpShield.Gateway.WebConsole.Accounts;

namespace CwmpShield.Gateway.WebConsole.Evidence;

/// <summary>Who may see which records: what operators did is for operators and auditors.</summary>
internal static class RecordSight
{
    private static readonly AuditKind[] OfOperators = [AuditKind.OperatorAction, AuditKind.BreakGlass, AuditKind.Pruned];

    /// <summary>The kinds that everybody who is signed in may see.</summary>
    public static IReadOnlyList<AuditKind> Common { get; } = [.. Enum.GetValues<AuditKind>().Except(OfOperators)];

    /// <summary>Whether <paramref name="session"/> may see what operators did.</summary>
    public static bool SeesOperators(ConsoleSession? session) => session is { Role: not ConsoleRole.Viewer };

    /// <summary>Whether <paramref name="session"/> may see <paramref name="record"/>.</summary>
    public static bool Sees(ConsoleSession? session, AuditRecord record) =>
        SeesOperators(session) || (record.Actor.Length == 0 && !OfOperators.Contains(record.Kind));

    /// <summary>The query without what <paramref name="session"/> may not see.</summary>
    public static LedgerQuery Narrow(ConsoleSession? session, LedgerQuery query) => SeesOperators(session)
        ? query
        : query with { Kinds = query.Kinds.Count == 0 ? Common : [.. query.Kinds.Intersect(Common)], Actor = "" };
}
