using System.CommandLine;

namespace CwmpShield.Cli.Audit;

/// <summary><c>cwmpshield audit</c>: the ledger of orders, refusals and changes.</summary>
internal static class AuditCommand
{
    /// <summary>Creates the verb with its own verbs.</summary>
    public static Command Create() => new("audit", "Reads the ledger of orders, refusals and changes.")
    {
        AuditExportCommand.Create(),
    };
}
