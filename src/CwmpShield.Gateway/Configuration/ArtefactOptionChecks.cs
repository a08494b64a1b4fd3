using CwmpShield.Core.Firmware.Signing;
using CwmpShield.Core.Firmware.Urls;
using CwmpShield.Gateway.Firmware;

namespace CwmpShield.Gateway.Configuration;

/// <summary>Signers, keys and bounds of the artefact gate. A manifest that is missing or expired doesn't stop the start: it refuses orders.</summary>
internal static class ArtefactOptionChecks
{
    private const int MaxSigners = 16;
    private const int MaxUrlKeys = 64;

    /// <summary>Adds what is wrong to <paramref name="problems"/>.</summary>
    public static void Run(string key, ArtefactOptions options, ConfigurationProblems problems)
    {
        problems.Range($"{key}:MaxUrlLife", options.MaxUrlLife, TimeSpan.FromMinutes(1), TimeSpan.FromDays(366));
        problems.Require(options.Signers.Count <= MaxSigners, $"{key}:Signers", options.Signers.Count, $"at most {MaxSigners}");
        problems.Require(options.UrlKeys.Count <= MaxUrlKeys, $"{key}:UrlKeys", options.UrlKeys.Count, $"at most {MaxUrlKeys}");
        if (options.ManifestPath.Length > 0)
        {
            problems.Require(options.Signers.Count > 0, $"{key}:Signers", "", "at least one signer of the manifest");
            problems.Range($"{key}:RequiredSignatures", options.RequiredSignatures, 1, Math.Max(1, options.Signers.Count));
        }

        Signers($"{key}:Signers", options.Signers, problems);
        UrlKeys($"{key}:UrlKeys", options.UrlKeys, problems);
    }

    private static void Signers(string key, IReadOnlyList<ArtefactSignerOptions> signers, ConfigurationProblems problems)
    {
        for (var i = 0; i < signers.Count; i++)
        {
            var (name, path) = (signers[i].Name, signers[i].File);
            problems.Require(IsWord(name), $"{key}:{i}:Name", name, "a name of lower-case letters, digits and hyphens");
            problems.Require(signers.Count(s => s.Name == name) == 1, $"{key}:{i}:Name", name, "a name of its own");
            if (Text(path) is not { } pem)
            {
                problems.Add($"{key}:{i}:File", path, "a readable file");
            }
            else if (PinnedSigner.Read(name, pem, out var reason) is null)
            {
                problems.Add($"{key}:{i}:File", path, $"a certificate for code signing or a public key in PEM, RSA of 2048 bits and more or ECDSA ({reason})");
            }
        }

        var keys = signers.Select(s => Text(s.File) is { } pem ? PinnedSigner.Read(s.Name, pem, out _) : null).OfType<PinnedSigner>().ToList();
        problems.Require(keys.DistinctBy(k => k.Fingerprint, StringComparer.Ordinal).Count() == keys.Count, key, "one key twice", "a key of its own for every signer");
    }

    private static void UrlKeys(string key, IReadOnlyList<UrlKeyOptions> keys, ConfigurationProblems problems)
    {
        for (var i = 0; i < keys.Count; i++)
        {
            var options = keys[i];
            problems.Require(keys.Count(k => k.Id == options.Id) == 1, $"{key}:{i}:Id", options.Id, "an id of its own");
            problems.Require(
                Text(options.File) is { } text && UrlKey.Read(options.Id, text) is not null,
                $"{key}:{i}:File",
                options.File,
                "a secret of 32 bytes and more (hexadecimal or base64) or an EC key on P-256 (PEM), with an id of letters, digits, - and _, 16 at most");
            problems.Require(Text(options.File) is not { } secret || IsPrivate(options.File, secret), $"{key}:{i}:File", options.File, "a file that others cannot read: chmod 600");
        }
    }

    /// <summary>A secret that others can read is none; the public half of a key may be read by everybody.</summary>
    private static bool IsPrivate(string path, string text) =>
        text.Contains("PUBLIC KEY", StringComparison.Ordinal) || OperatingSystem.IsWindows()
        || (File.GetUnixFileMode(path) & (UnixFileMode.OtherRead | UnixFileMode.OtherWrite)) == UnixFileMode.None;

    private static bool IsWord(string text) => text.Length is > 0 and <= 64 && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-');

    private static string? Text(string path) => ArtefactKeys.ReadText(path);
}
