using System.CommandLine;
using System.Security.Cryptography;
using System.Text.Json;
using CwmpShield.Core.Firmware;
using CwmpShield.Core.Rules.Signing;

namespace CwmpShield.Cli.Artefacts;

/// <summary><c>cwmpshield artefact sign</c>: one signer's signature beside the manifest.</summary>
internal static class ArtefactSignCommand
{
    private const string Help = """
        Signs the manifest: writes MANIFEST.NAME.sig (base64 of ECDSA or RSA-PSS over SHA-256, what cosign sign-blob --key writes). Each signer runs it
        once; signatures made by openssl, cosign or a key in hardware may be put beside it as MANIFEST.NAME.sig or .p7s instead.

        Example:
          cwmpshield artefact sign artefacts.json --key release.key --name release
        """;

    /// <summary>Creates the verb.</summary>
    public static Command Create()
    {
        var manifest = new Argument<string>("MANIFEST") { Description = "The manifest.", DefaultValueFactory = _ => "artefacts.json" };
        var key = new Option<string>("--key") { Description = "Private key in PEM without a password: ECDSA, or RSA of 2048 bits and more.", Required = true };
        var name = new Option<string>("--name") { Description = "Name of the signer, for the file's name.", DefaultValueFactory = _ => "release" };
        var json = RuleArguments.AsJson();
        var command = new Command("sign", Help) { manifest, key, name, json };
        command.SetAction(result =>
        {
            var console = result.InvocationConfiguration;
            var (path, signer) = (result.GetValue(manifest)!, result.GetValue(name)!);
            if (ManifestDocument.Read(path, console.Error) is not { } read)
            {
                return ExitCode.Usage;
            }

            if (signer.Length is 0 or > 64 || !signer.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
            {
                console.Error.WriteLine("--name takes letters, digits, - and _");
                return ExitCode.Usage;
            }

            return Sign(result, read, path, signer, result.GetValue(key)!, result.GetValue(json));
        });
        return command;
    }

    private static int Sign(ParseResult result, ArtefactManifest manifest, string path, string signer, string key, bool json)
    {
        var console = result.InvocationConfiguration;
        try
        {
            var bytes = File.ReadAllBytes(path);
            if (RuleSignature.Sign(bytes, File.ReadAllText(key)) is not { } signature)
            {
                console.Error.WriteLine($"{key}: error: no private key that signs (ECDSA, or RSA of 2048 bits and more, in PEM without a password)");
                return ExitCode.Usage;
            }

            if (manifest.Expires <= TimeProvider.System.GetUtcNow())
            {
                // Signed all the same: a rehearsal may want exactly this.
                console.Error.WriteLine($"{path}: warning: it has expired on {manifest.Expires:u}, and no gateway takes it; artefact add with --days gives it a new end");
            }

            var file = $"{path}.{signer}.sig";
            File.WriteAllText(file, Convert.ToBase64String(signature) + "\n");
            console.Output.WriteLine(json
                ? JsonSerializer.Serialize(new { Signature = file, manifest.Version, manifest.Expires, Sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes)) }, RuleArguments.Json)
                : $"{file}: manifest version {manifest.Version}, {manifest.Artefacts.Length} artefacts, until {manifest.Expires:u}");
            return ExitCode.Ok;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            console.Error.WriteLine($"error: {problem.Message}");
            return ExitCode.Usage;
        }
    }
}
