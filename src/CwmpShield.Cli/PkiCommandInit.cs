using System.CommandLine;
using CwmpShield.Gateway.Identity;

namespace CwmpShield.Cli;

/// <summary><c>cwmpshield pki init</c>.</summary>
internal static class PkiCommandInit
{
    /// <summary>Base name of the authority's files.</summary>
    public const string Name = "ca";

    private const string Text = """
        Makes a lab authority: ca.pem (ClientCaPath of a listener) and ca.key in a folder. Nothing is overwritten.

        Example:
          cwmpshield pki init --out lab
        """;

    /// <summary>Creates the verb.</summary>
    public static Command Create()
    {
        var folder = new Option<string>("--out") { Description = "Folder; it is made when missing.", HelpName = "FOLDER", Required = true };
        var name = new Option<string>("--name") { Description = "Common name.", HelpName = "NAME", DefaultValueFactory = _ => "CwmpShield lab CA" };
        var key = PkiCommand.KeyOption();
        var command = new Command("init", Text) { folder, name, key };
        var report = ChangeReport.AddTo(command);
        command.SetAction(result => PkiCommandFiles.Try(
            result.InvocationConfiguration.Error,
            () =>
            {
                var path = Path.Combine(Directory.CreateDirectory(result.GetRequiredValue(folder)).FullName, Name);
                using var authority = LabCertificateAuthority.CreateRoot(result.GetValue(name)!, PkiCommand.Key(result.GetValue(key)!));
                PkiCommandFiles.WritePem(path, authority.Certificate);
                report.Print(result, new { Certificate = path + ".pem", Key = path + ".key" }, path + ".pem", path + ".key");
            }));
        return command;
    }
}
