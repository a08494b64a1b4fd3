using System.CommandLine;
using System.Text.Json;
using CwmpShield.Core.Firmware.Signing;

namespace CwmpShield.Cli.Artefacts;

/// <summary><c>cwmpshield artefact verify</c>: whether a manifest, or a file, is what was signed.</summary>
internal static class ArtefactVerifyCommand
{
    private const string Help = """
        Verifies the manifest against the signers, as the gateway does; with FILE, also that the manifest lists exactly these bytes. With --signature the
        file is verified against that detached signature instead. Exit code: 0 valid, 3 not valid, 2 bad usage.

        Examples:
          cwmpshield artefact verify --manifest artefacts.json --signer release=release.pub
          cwmpshield artefact verify hgw-1.3.0.bin --manifest artefacts.json --config appsettings.json
          cwmpshield artefact verify hgw-1.3.0.bin --signature hgw-1.3.0.bin.sig --signer vendor=vendor.crt
        """;

    private const long MaxBytes = 16L << 30;

    /// <summary>Creates the verb.</summary>
    public static Command Create()
    {
        var file = new Argument<string?>("FILE") { Description = "A file that must be listed, or signed.", Arity = ArgumentArity.ZeroOrOne };
        var manifest = ManifestDocument.Option();
        var signature = new Option<string?>("--signature") { Description = "Detached signature over FILE.", HelpName = "FILE" };
        var required = new Option<int?>("--required") { Description = "How many signers must have signed; the configuration's number, or 1." };
        var progress = new Option<bool>("--progress") { Description = "Says how far hashing has come, also where standard error is no terminal." };
        var json = RuleArguments.AsJson();
        var command = new Command("verify", Help) { file, manifest, signature, required, progress, json };
        var signers = SignerOptions.AddTo(command);
        command.SetAction(async (result, cancellation) =>
        {
            var error = result.InvocationConfiguration.Error;
            if (signers.Read(result) is not { } trust)
            {
                return ExitCode.Usage;
            }

            try
            {
                var read = result.GetValue(file) is { } path
                    ? await ArtefactFile.ReadAsync(path, null, MaxBytes, new ProgressLine(error, result.GetValue(progress)), cancellation)
                    : null;
                return result.GetValue(signature) is { } detached
                    ? OfFile(result, read, detached, trust.Signers, result.GetValue(json))
                    : OfManifest(result, result.GetValue(manifest)!, read, trust.Signers, result.GetValue(required) ?? trust.Required, result.GetValue(json));
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or HttpRequestException or TimeoutException)
            {
                await error.WriteLineAsync($"error: {problem.Message}");
                return ExitCode.Usage;
            }
        });
        return command;
    }

    private static int OfFile(ParseResult result, ArtefactFile? file, string signature, IReadOnlyList<PinnedSigner> signers, bool json)
    {
        var console = result.InvocationConfiguration;
        if (file is null)
        {
            console.Error.WriteLine("--signature needs FILE.");
            return ExitCode.Usage;
        }

        var check = FileSignature.Check(file, signature, signers, TimeProvider.System.GetUtcNow());
        foreach (var (_, reason) in check.Problems)
        {
            console.Error.WriteLine($"{signature}: {reason}");
        }

        if (check.Signers.Length == 0)
        {
            return ExitCode.Denied;
        }

        var names = check.Signers.Select(s => s.Name).ToList();
        console.Output.WriteLine(json ? JsonSerializer.Serialize(new { Valid = true, file.Sha256, SignedBy = names }, RuleArguments.Json) : $"valid, sha256 {file.Sha256}, signed by {string.Join(", ", names)}");
        return ExitCode.Ok;
    }

    private static int OfManifest(ParseResult result, string path, ArtefactFile? file, IReadOnlyList<PinnedSigner> signers, int required, bool json)
    {
        var console = result.InvocationConfiguration;
        var now = TimeProvider.System.GetUtcNow();
        var files = ManifestFiles.Read(path);
        var verified = ManifestVerifier.Verify(path, files.Manifest, files.Signatures, new ManifestTrust(signers, required), now);
        foreach (var problem in verified.Problems)
        {
            console.Error.WriteLine(problem);
        }

        if (verified.Manifest is not { } manifest)
        {
            return ExitCode.Denied;
        }

        if (now >= manifest.Expires)
        {
            console.Error.WriteLine($"{path}: {SignerReason.ManifestExpired}: since {manifest.Expires:u}");
            return ExitCode.Denied;
        }

        var listed = file is null ? [] : manifest.Manifest.Artefacts.Where(a => a.Sha256 == file.Sha256 && a.Size == file.Size).Select(a => a.Name).ToList();
        if (file is not null && listed.Count == 0)
        {
            console.Error.WriteLine($"{path}: no artefact has sha256 {file.Sha256} and {file.Size} bytes");
            return ExitCode.Denied;
        }

        console.Output.WriteLine(json
            ? JsonSerializer.Serialize(new { Valid = true, manifest.Manifest.Version, manifest.Expires, manifest.SignedBy, manifest.Sha256, Artefacts = listed }, RuleArguments.Json)
            : $"valid, version {manifest.Manifest.Version}, signed by {string.Join(", ", manifest.SignedBy)}, until {manifest.Expires:u}{(listed.Count > 0 ? $"; the file is {string.Join(", ", listed)}" : "")}");
        return ExitCode.Ok;
    }
}
