using System.CommandLine;

namespace CwmpShield.Cli;

/// <summary><c>cwmpshield cert inventory</c>.</summary>
internal static class CertCommand
{
    /// <summary>Creates the verb.</summary>
    public static Command Create() => new("cert", "Tells of the certificates that devices present.")
    {
        CertInventoryCommand.Create(),
    };
}
