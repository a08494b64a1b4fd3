using System.CommandLine;
using CwmpShield.Gateway.Firmware;

namespace CwmpShield.Cli.Artefacts;

/// <summary><c>cwmpshield artefact withdraw NAME</c>: no device is told to fetch it any more.</summary>
internal static class ArtefactWithdrawCommand
{
    private const string Help = """
        Withdraws an artefact by name or SHA-256: every gateway of the store refuses orders for it within two seconds, and running transfers of the mirror end.
        Nothing has to be signed for that. With --manifest the manifest says so, too; sign it again, so that the withdrawal outlives the store.

        Example:
          cwmpshield artefact withdraw hgw-1.3.0 --reason "bricks hardware revision 2"
        """;

    /// <summary>Creates the verb.</summary>
    public static Command Create()
    {
        var name = Name();
        var reason = new Option<string>("--reason") { Description = "Why (1 to 256 characters).", Required = true };
        var manifest = new Option<string?>("--manifest", "-m") { Description = "Marks the artefact in this manifest, too.", HelpName = "FILE" };
        var command = new Command("withdraw", Help) { name, reason, manifest };
        var report = ChangeReport.AddTo(command);
        var store = DeviceStoreOptions.AddTo(command);
        command.SetAction((result, cancellation) =>
        {
            var console = result.InvocationConfiguration;
            var why = result.GetValue(reason)!;
            if (why.Length is 0 or > 256 || why.Any(char.IsControl))
            {
                console.Error.WriteLine("--reason takes 1 to 256 characters without control characters.");
                return Task.FromResult(ExitCode.Usage);
            }

            return store.ChangeArtefactAsync(
                result,
                result.GetValue(name)!,
                async artefacts =>
                {
                    // The store comes first: it stops orders now, while the manifest waits for its signers.
                    var key = Key(result.GetValue(name)!);
                    await artefacts.WithdrawAsync(new Withdrawal(key, why, TimeProvider.System.GetUtcNow(), OperatorIdentity.Actor), cancellation);
                    var path = result.GetValue(manifest);
                    var isMarked = path is not null && Mark(path, key, why, console.Error);
                    report.Print(
                        result,
                        new { Artefact = key, Withdrawn = why, Manifest = isMarked ? path : null },
                        $"{result.GetValue(name)} is withdrawn: {why}");
                    return path is null || isMarked ? ExitCode.Ok : ExitCode.Usage;
                },
                cancellation);
        });
        return command;
    }

    /// <summary>The argument that names an artefact, also one that no manifest lists any more.</summary>
    internal static Argument<string> Name()
    {
        var name = new Argument<string>("NAME|SHA256") { Description = "Name of the artefact, or the SHA-256 of its file." };
        name.Validators.Add(result =>
        {
            if (!Core.Firmware.Reading.ArtefactNames.IsName(result.GetValueOrDefault<string>() ?? ""))
            {
                result.AddError("An artefact's name has letters, digits, '.', '_', '+' and '-', 128 at most.");
            }
        });
        return name;
    }

    /// <summary>A digest is kept as manifests write it.</summary>
    internal static string Key(string name) => name.Length == 64 && name.All(char.IsAsciiHexDigit) ? name.ToLowerInvariant() : name;

    private static bool Mark(string path, string name, string why, TextWriter error)
    {
        if (ManifestDocument.Read(path, error) is not { } manifest)
        {
            return false;
        }

        if (!manifest.Artefacts.Any(a => a.Name == name || a.Sha256 == name))
        {
            error.WriteLine($"{path}: no artefact \"{name}\"");
            return false;
        }

        return ManifestDocument.Write(
            path,
            manifest with
            {
                Version = manifest.Version + 1,
                Artefacts = [.. manifest.Artefacts.Select(a => a.Name == name || a.Sha256 == name ? a with { WithdrawnBecause = why } : a)],
            },
            error);
    }
}
