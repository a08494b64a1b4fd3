using System.CommandLine;
using System.CommandLine.Parsing;
using System.Security.Cryptography.X509Certificates;
using CwmpShield.Core.Cwmp;
using CwmpShield.Gateway.Identity;

namespace CwmpShield.Cli;

/// <summary><c>cwmpshield pki issue</c>.</summary>
internal static class PkiCommandIssue
{
    private const string Text = """
        Issues a certificate with its key, for a server or for a device. Nothing is overwritten.

        Examples:
          cwmpshield pki issue --ca lab --server acs.example.net --server 192.0.2.1 --out lab/gateway
          cwmpshield pki issue --ca lab --device 00AABB-HGW%2D2000-SN1 --out lab/sn1 --days 30
        """;

    /// <summary>Creates the verb.</summary>
    public static Command Create()
    {
        var folder = new Option<string>("--ca") { Description = "Folder that pki init wrote.", HelpName = "FOLDER", Required = true };
        var path = new Option<string>("--out") { Description = "Path of the files without their endings.", HelpName = "PATH", Required = true };
        var hosts = new Option<string[]>("--server") { Description = "Name or address of a server; may be given again.", HelpName = "HOST", DefaultValueFactory = _ => [] };
        var device = new Option<string?>("--device") { Description = "OUI-CLASS-SERIAL, percent-encoded: the device's common name.", HelpName = "DEVICE" };
        var days = new Option<int>("--days") { Description = "Days of validity.", HelpName = "DAYS", DefaultValueFactory = _ => 365 };
        var pfx = new Option<string?>("--pfx-password-file") { Description = "Writes a PFX too, under the password on this file's first line (- is standard input).", HelpName = "FILE" };
        var key = PkiCommand.KeyOption();
        var command = new Command("issue", Text) { folder, path, hosts, device, days, key, pfx };
        days.Validators.Add(CheckDays);
        command.Validators.Add(result => CheckHolder(result, result.GetValue(device), result.GetValue(hosts)));
        var report = ChangeReport.AddTo(command);
        command.SetAction(result =>
        {
            var error = result.InvocationConfiguration.Error;
            var password = "";
            if (result.GetValue(pfx) is { } passwordFile && !DevicePassword.TryRead(passwordFile, out password, out var problem))
            {
                error.WriteLine(problem);
                return ExitCode.Usage;
            }

            return PkiCommandFiles.Try(error, () =>
            {
                using var authority = PkiCommandFiles.Open(result.GetRequiredValue(folder));
                using var issued = authority.Issue(Request(result.GetValue(device), result.GetValue(hosts)!, result.GetValue(days)) with { Key = PkiCommand.Key(result.GetValue(key)!) });
                var files = Write(result.GetRequiredValue(path), issued, authority.Certificate, password);
                report.Print(
                    result,
                    new { Certificate = files[0], Key = files[1], Pfx = files.ElementAtOrDefault(2), issued.Subject, Serial = issued.SerialNumber, NotAfter = issued.NotAfter.ToUniversalTime() },
                    files);
            });
        });
        return command;
    }

    private static void CheckHolder(CommandResult result, string? device, string[]? hosts)
    {
        if ((device is null) == (hosts is not { Length: > 0 }))
        {
            result.AddError("Give --server or --device.");
        }
        else if (device is not null && !DeviceIdText.TryParse(device, out _))
        {
            result.AddError("--device must be OUI-CLASS-SERIAL or OUI-SERIAL, percent-encoded.");
        }
    }

    private static void CheckDays(OptionResult result)
    {
        if (result.GetValueOrDefault<int>() is < 1 or > 3650)
        {
            result.AddError("--days takes 1 to 3650.");
        }
    }

    private static LabCertificateRequest Request(string? device, string[] hosts, int days)
    {
        var request = device is null
            ? LabCertificateRequest.Server(hosts)
            : new LabCertificateRequest { CommonName = device, ClientAuth = true };
        return request with { NotAfter = TimeProvider.System.GetUtcNow().AddDays(days) };
    }

    /// <summary>Writes the files: certificate, key, and the PFX where there is a password for it.</summary>
    private static string[] Write(string path, X509Certificate2 issued, X509Certificate2 authority, string password)
    {
        PkiCommandFiles.WritePem(path, issued);
        if (password.Length == 0)
        {
            return [path + ".pem", path + ".key"];
        }

        PkiCommandFiles.WritePfx(path, issued, authority, password);
        return [path + ".pem", path + ".key", path + ".pfx"];
    }
}
