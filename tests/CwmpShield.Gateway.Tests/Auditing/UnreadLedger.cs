using CwmpShield.Gateway.Auditing;
using CwmpShield.Gateway.Configuration;

namespace CwmpShield.Gateway.Tests.Auditing;

/// <summary>A ledger that takes records and that nobody writes, for tests of those who hand records over.</summary>
internal static class UnreadLedger
{
    public static ChangeAudit Changes() => new(new Ledger(new AuditOptions(), TimeProvider.System), TimeProvider.System);
}
