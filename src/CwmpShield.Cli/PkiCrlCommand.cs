using System.CommandLine;
using CwmpShield.Gateway.Identity;
using CwmpShield.Gateway.Revocation;

namespace CwmpShield.Cli;

/// <summary><c>cwmpshield pki crl</c>.</summary>
internal static class PkiCrlCommand
{
    /// <summary>Name of the list in the authority's folder.</summary>
    public const string Name = "ca.crl";

    private const string Text = """
        Signs the lab authority's revocation list anew: ca.crl, for CrlFiles of a listener. Names who was revoked before.

        Example:
          cwmpshield pki crl --ca lab --days 30
        """;

    /// <summary>Creates the verb.</summary>
    public static Command Create()
    {
        var folder = new Option<string>("--ca") { Description = "Folder that pki init wrote.", HelpName = "FOLDER", Required = true };
        var days = DaysOption();
        var command = new Command("crl", Text) { folder, days };
        var report = ChangeReport.AddTo(command);
        command.SetAction(result => PkiCommandFiles.Try(
            result.InvocationConfiguration.Error,
            () =>
            {
                var (path, nextUpdate) = Sign(result.GetRequiredValue(folder), result.GetValue(days), _ => { });
                report.Print(result, new { Crl = path, NextUpdate = nextUpdate }, path);
            }));
        return command;
    }

    /// <summary>The option <c>--days</c>.</summary>
    public static Option<int> DaysOption()
    {
        var days = new Option<int>("--days") { Description = "Days until the next list is due.", HelpName = "DAYS", DefaultValueFactory = _ => 7 };
        days.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 3650)
            {
                result.AddError("--days takes 1 to 3650.");
            }
        });
        return days;
    }

    /// <summary>Changes the list of the authority in <paramref name="folder"/> and puts it in its place in one step; returns its path and when the next one is due.</summary>
    public static (string Path, DateTimeOffset NextUpdate) Sign(string folder, int days, Action<LabRevocationList> change)
    {
        using var authority = PkiCommandFiles.Open(folder);
        var path = Path.Combine(folder, Name);
        var list = File.Exists(path) ? LabRevocationList.LoadPem(File.ReadAllText(path)) : LabRevocationList.Empty();
        change(list);
        var (now, life) = (TimeProvider.System.GetUtcNow(), TimeSpan.FromDays(days));
        File.WriteAllText(path + ".new", list.Sign(authority, now, life));
        File.Move(path + ".new", path, overwrite: true);
        return (path, now + life);
    }
}
