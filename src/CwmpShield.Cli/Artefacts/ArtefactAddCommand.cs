using System.CommandLine;
using System.Text.Json;
using CwmpShield.Core.DataModel.Values;
using CwmpShield.Core.Firmware;
using CwmpShield.Core.Firmware.Reading;
using CwmpShield.Core.Firmware.Signing;

namespace CwmpShield.Cli.Artefacts;

/// <summary><c>cwmpshield artefact add FILE|URL</c>: hashes a file and lists it in the manifest.</summary>
internal sealed class ArtefactAddCommand
{
    private const string Help = """
        Hashes a file and lists it in the manifest, which is made where there is none. The manifest's version rises by one, and what was signed before
        no longer is: sign it again. A file with a signature of its own (--signature, or embedded in the file) must verify against --signer.

        Example:
          cwmpshield artefact add hgw-1.3.0.bin --version 1.3.0 --oui 001122 --product-class HGW \
            --url https://fw.example.net/hgw/hgw-1.3.0.bin --from ">=1.0 <1.3.0"
        """;

    private const long MaxBytes = 16L << 30;

    private readonly Argument<string> source = new("FILE|URL") { Description = "The file, or the https URL that serves it." };
    private readonly Option<string> manifest = ManifestDocument.Option();
    private readonly Option<int> days = new("--days") { Description = "Days until the manifest expires (1 to 1825).", DefaultValueFactory = _ => 90 };
    private readonly Option<string?> ca = new("--ca") { Description = "Roots for the certificate of URL, PEM.", HelpName = "FILE" };
    private readonly Option<string?> signature = new("--signature") { Description = "Detached signature over the file, by one of the signers.", HelpName = "FILE" };
    private readonly Option<bool> packaged = new("--require-package") { Description = "Refuses a file without an embedded signature (TR-069 Annex E) of one of the signers." };
    private readonly Option<bool> replace = new("--replace") { Description = "Takes the place of an artefact of the same name." };
    private readonly Option<bool> progress = new("--progress") { Description = "Says how far hashing has come, also where standard error is no terminal." };
    private readonly Option<bool> json = RuleArguments.AsJson();
    private readonly ArtefactEntryOptions entry;
    private readonly SignerOptions signers;

    private ArtefactAddCommand(Command command)
    {
        foreach (var option in (Option[])[manifest, days, ca, signature, packaged, replace, progress, json])
        {
            command.Options.Add(option);
        }

        command.Arguments.Add(source);
        entry = ArtefactEntryOptions.AddTo(command);
        signers = SignerOptions.AddTo(command);
    }

    /// <summary>Creates the verb.</summary>
    public static Command Create()
    {
        var command = new Command("add", Help);
        var add = new ArtefactAddCommand(command);
        command.SetAction(add.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult result, CancellationToken cancellation)
    {
        var error = result.InvocationConfiguration.Error;
        var optional = result.GetValue(signature) is null && !result.GetValue(packaged);
        if (result.GetValue(days) is < 1 or > 1825 || entry.Read(result, result.GetValue(source)!) is not { } draft || signers.Read(result, optional) is not { } trusted)
        {
            await error.WriteLineAsync("Nothing was added.");
            return ExitCode.Usage;
        }

        var path = result.GetValue(manifest)!;
        var before = File.Exists(path) ? ManifestDocument.Read(path, error) : Empty();
        if (before?.Artefacts.Any(a => a.Name == draft.Name) == true && !result.GetValue(replace))
        {
            await error.WriteLineAsync($"{path}: the manifest has an artefact \"{draft.Name}\" already: give another --name, or --replace.");
            return ExitCode.Usage;
        }

        var line = new ProgressLine(error, result.GetValue(progress));
        if (before is null || await ReadAsync(result.GetValue(source)!, result.GetValue(ca), line, error, cancellation) is not { } file)
        {
            return ExitCode.Usage;
        }

        var whole = draft with { Sha256 = file.Sha256, Size = file.Size };
        return Vouched(whole, file, result.GetValue(signature), result.GetValue(packaged), trusted.Signers, error) is { } artefact
            ? Write(result, path, before, artefact)
            : ExitCode.Denied;
    }

    private int Write(ParseResult result, string path, ArtefactManifest before, Artefact artefact)
    {
        var console = result.InvocationConfiguration;
        var now = Whole(TimeProvider.System.GetUtcNow());
        var after = before with
        {
            Version = before.Version + 1,
            Issued = now,
            Expires = now.AddDays(result.GetValue(days)),
            Artefacts = [.. before.Artefacts.Where(a => a.Name != artefact.Name), artefact],
        };
        if (!ManifestDocument.Write(path, after, console.Error))
        {
            return ExitCode.Usage;
        }

        var by = artefact.SignedBy.IsEmpty ? "" : $", signed by {string.Join(", ", artefact.SignedBy)}";
        console.Output.WriteLine(result.GetValue(json)
            ? JsonSerializer.Serialize(ArtefactView.Of(artefact), RuleArguments.Json)
            : $"{artefact.Name}: sha256 {artefact.Sha256}, {artefact.Size} bytes{by}; manifest version {after.Version}. Sign it: cwmpshield artefact sign {path} --key KEY");
        return ExitCode.Ok;
    }

    private static ArtefactManifest Empty() => new() { Version = 0, Issued = default, Expires = default, Artefacts = [] };

    private static DateTimeOffset Whole(DateTimeOffset instant) => DateTimeOffset.FromUnixTimeSeconds(instant.ToUnixTimeSeconds());

    private static async Task<ArtefactFile?> ReadAsync(string source, string? ca, ProgressLine line, TextWriter error, CancellationToken cancellation)
    {
        try
        {
            return await ArtefactFile.ReadAsync(source, ca, MaxBytes, line, cancellation);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or HttpRequestException or TimeoutException or System.Security.Cryptography.CryptographicException)
        {
            error.WriteLine($"{source}: error: {problem.Message}");
            return null;
        }
    }

    /// <summary>The artefact with who signed the file itself; null, with the reason, where a signature that is asked for does not count.</summary>
    private static Artefact? Vouched(Artefact draft, ArtefactFile file, string? signature, bool packaged, IReadOnlyList<PinnedSigner> signers, TextWriter error)
    {
        var now = TimeProvider.System.GetUtcNow();
        HashSet<string> names = new(StringComparer.Ordinal);
        if (signature is not null)
        {
            var check = FileSignature.Check(file, signature, signers, now);
            if (check.Signers.Length == 0)
            {
                error.WriteLine($"{signature}: error: {(check.Problems.Count > 0 ? check.Problems[0].Reason : SignerReason.Unreadable)}: not a signature of {string.Join(", ", signers.Select(s => s.Name))} over this file");
                return null;
            }

            names.UnionWith(check.Signers.Select(s => s.Name));
        }

        var (inside, reasons) = file.Content is { } content && signers.Count > 0 ? EmbeddedSignature.Check(content, signers, now) : ([], []);
        if (inside.Count == 0 && (packaged || reasons.Count > 0))
        {
            error.WriteLine(reasons.Count > 0 ? $"the file's embedded signature does not count: {string.Join(", ", reasons)}" : "the file has no embedded signature");
            if (packaged)
            {
                return null;
            }
        }

        names.UnionWith(inside.Select(s => s.Name));
        return draft with { SignedBy = [.. names.Order(StringComparer.Ordinal)], IsSignedPackage = inside.Count > 0 };
    }
}
