using System.CommandLine;
using System.Security.Cryptography.X509Certificates;
using CwmpShield.Core.Identity.Revocation;

namespace CwmpShield.Cli;

/// <summary><c>cwmpshield pki revoke</c>.</summary>
internal static class PkiRevokeCommand
{
    private const string Text = """
        Revokes a certificate of the lab authority, by its file or serial number, and signs the list anew (ca.crl).

        Examples:
          cwmpshield pki revoke --ca lab --cert lab/sn1.pem
          cwmpshield pki revoke --ca lab --serial 5BDF33 --reason key-compromise
        """;

    private static readonly Dictionary<string, X509RevocationReason> Reasons = new(StringComparer.Ordinal)
    {
        ["unspecified"] = X509RevocationReason.Unspecified,
        ["key-compromise"] = X509RevocationReason.KeyCompromise,
        ["superseded"] = X509RevocationReason.Superseded,
        ["cessation-of-operation"] = X509RevocationReason.CessationOfOperation,
        ["certificate-hold"] = X509RevocationReason.CertificateHold,
    };

    /// <summary>Creates the verb.</summary>
    public static Command Create()
    {
        var folder = new Option<string>("--ca") { Description = "Folder that pki init wrote.", HelpName = "FOLDER", Required = true };
        var file = new Option<string?>("--cert") { Description = "The certificate, PEM or DER.", HelpName = "FILE" };
        var serial = new Option<string?>("--serial") { Description = "Its serial number, hexadecimal.", HelpName = "HEX" };
        var reason = new Option<string>("--reason") { Description = "Why.", DefaultValueFactory = _ => "unspecified" };
        reason.AcceptOnlyFromAmong([.. Reasons.Keys]);
        var days = PkiCrlCommand.DaysOption();
        var command = new Command("revoke", Text) { folder, file, serial, reason, days };
        command.Validators.Add(result =>
        {
            if ((result.GetValue(file) is null) == (result.GetValue(serial) is null))
            {
                result.AddError("Give --cert or --serial.");
            }
            else if (result.GetValue(serial) is { } hex && !CertificateSerial.TryParse(hex, out _))
            {
                result.AddError("--serial takes up to 40 hexadecimal digits.");
            }
        });
        var report = ChangeReport.AddTo(command);
        command.SetAction(result => PkiCommandFiles.Try(result.InvocationConfiguration.Error, () =>
        {
            var number = Number(result.GetValue(file), result.GetValue(serial));
            var now = TimeProvider.System.GetUtcNow();
            var why = result.GetValue(reason)!;
            var (path, nextUpdate) = PkiCrlCommand.Sign(result.GetRequiredValue(folder), result.GetValue(days), list => list.Revoke(number, now, Reasons[why]));
            report.Print(result, new { Crl = path, NextUpdate = nextUpdate, Serial = Convert.ToHexString(number), Reason = why }, path);
        }));
        return command;
    }

    private static byte[] Number(string? file, string? serial)
    {
        if (serial is not null && CertificateSerial.TryParse(serial, out var number))
        {
            return number.ToOctets();
        }

        using var certificate = X509CertificateLoader.LoadCertificateFromFile(file!);
        return certificate.SerialNumberBytes.ToArray();
    }
}
