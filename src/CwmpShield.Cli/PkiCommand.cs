using System.CommandLine;
using CwmpShield.Gateway.Identity;

namespace CwmpShield.Cli;

/// <summary><c>cwmpshield pki init|issue|revoke|crl</c>: a small lab authority to try the gateway with.</summary>
internal static class PkiCommand
{
    /// <summary>Creates the verb.</summary>
    public static Command Create() => new("pki", "Makes certificates for a lab: trials and tests, not a living fleet.")
    {
        PkiCommandInit.Create(),
        PkiCommandIssue.Create(),
        PkiRevokeCommand.Create(),
        PkiCrlCommand.Create(),
    };

    /// <summary>The option <c>--key p256|rsa</c>.</summary>
    public static Option<string> KeyOption()
    {
        var option = new Option<string>("--key") { Description = "Kind of key.", DefaultValueFactory = _ => "p256" };
        option.AcceptOnlyFromAmong("p256", "rsa");
        return option;
    }

    /// <summary>The key that the option says.</summary>
    public static LabKey Key(string word) => string.Equals(word, "rsa", StringComparison.Ordinal) ? LabKey.Rsa2048 : LabKey.P256;
}
