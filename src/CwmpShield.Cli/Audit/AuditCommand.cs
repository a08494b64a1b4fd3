using System.CommandLine;

namespace CwmpShield.Cli.Audit;

/// <summary><c>cwmpshield audit tail|search|show|mac|export|verify|prune</c>: the ledger.</summary>
internal static class AuditCommand
{
    /// <summary>Creates the verb.</summary>
    public static Command Create() => new("audit", "Reads, verifies and prunes the ledger: who ordered what, and what was refused.")
    {
        AuditTailCommand.Create(),
        AuditSearchCommand.Create(),
        AuditShowCommand.Create(),
        AuditMacCommand.Create(),
        AuditExportCommand.Create(),
        AuditVerifyCommand.Create(),
        AuditPruneCommand.Create(),
    };
}
