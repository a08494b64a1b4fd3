using CwmpShield.Core.Audit;

namespace CwmpShield.Gateway.Reporting;

/// <summary>Decisions of one span of time.</summary>
/// <param name="At">Its beginning.</param>
/// <param name="OrdersAllowed">Orders that went on.</param>
/// <param name="OrdersRefused">Orders that were refused.</param>
/// <param name="OrdersHeld">Orders that wait for an operator.</param>
/// <param name="MessagesRefused">Device messages that were refused.</param>
/// <param name="LogInsFailed">Failed log-ins, recorded one by one.</param>
/// <param name="CountedInSum">Refusals of strangers, and lost records, that were only counted.</param>
internal sealed record VerdictSpan(DateTimeOffset At, long OrdersAllowed, long OrdersRefused, long OrdersHeld, long MessagesRefused, long LogInsFailed, long CountedInSum)
{
    /// <summary>The span, asked kind by kind.</summary>
    public static VerdictSpan Of(DateTimeOffset at, Func<AuditKind, long> count) => new(
        at,
        count(AuditKind.OrderIntent),
        count(AuditKind.OrderRefused),
        count(AuditKind.OrderHeld),
        count(AuditKind.MessageRefused),
        count(AuditKind.AuthenticationFailed),
        count(AuditKind.Summarised));

    /// <summary>The counts in the order of the series.</summary>
    public IReadOnlyList<long> Values() => [OrdersAllowed, OrdersRefused, OrdersHeld, MessagesRefused, LogInsFailed, CountedInSum];
}
