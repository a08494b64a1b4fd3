using System.Security.Cryptography;
using CwmpShield.Core.Firmware.Reading;

namespace CwmpShield.Core.Firmware.Signing;

/// <summary>What came of reading and verifying a manifest.</summary>
/// <param name="Manifest">The manifest in its signatures; null when it does not count.</param>
/// <param name="Reason">A <see cref="SignerReason"/>; empty when it counts.</param>
/// <param name="Problems">What is wrong, for people; a signature that does not count is among them even where others suffice.</param>
public sealed record ManifestVerification(SignedManifest? Manifest, string Reason, IReadOnlyList<string> Problems);

/// <summary>Whose signatures a manifest needs, and what has been reached.</summary>
/// <param name="Signers">The pinned signers.</param>
/// <param name="Required">How many of them must have signed; at least 1.</param>
/// <param name="Reached">Highest version that was ever in force; a lower one is refused.</param>
public sealed record ManifestTrust(IReadOnlyList<PinnedSigner> Signers, int Required = 1, long Reached = 0);

/// <summary>Verifies a manifest: first who signed the bytes, then what they say.</summary>
public static class ManifestVerifier
{
    /// <summary>The manifest, or why it does not count.</summary>
    /// <param name="file">Its name, for problems.</param>
    /// <param name="bytes">Its bytes.</param>
    /// <param name="signatures">Signature files by name.</param>
    /// <param name="trust">Whose signatures count.</param>
    /// <param name="now">The instant at which signers' certificates must be valid.</param>
    public static ManifestVerification Verify(string file, byte[] bytes, IEnumerable<(string File, byte[] Bytes)> signatures, ManifestTrust trust, DateTimeOffset now)
    {
        if (bytes.Length > ManifestReader.MaxBytes)
        {
            return new ManifestVerification(null, SignerReason.ManifestUnreadable, [$"{file}: error: larger than {ManifestReader.MaxBytes >> 20} MiB"]);
        }

        var check = SignatureCheck.Of(bytes, signatures, trust.Signers, now);
        List<string> problems = [.. check.Problems.Select(p => $"{p.File}: {p.Reason}")];
        if (trust.Required < 1 || check.Signers.Length < trust.Required)
        {
            problems.Add($"{file}: error: signed by {check.Signers.Length} of the {Math.Max(1, trust.Required)} signers that must have signed");
            return new ManifestVerification(null, SignerReason.TooFew, problems);
        }

        // Only what the signers vouch for is parsed at all.
        var read = ManifestReader.Read(file, bytes);
        if (read.Manifest is not { } manifest)
        {
            problems.AddRange(read.Problems.Select(p => p.ToString()));
            return new ManifestVerification(null, SignerReason.ManifestUnreadable, problems);
        }

        if (manifest.Version < trust.Reached)
        {
            problems.Add($"{file}: error: version {manifest.Version} is older than {trust.Reached}, which was in force");
            return new ManifestVerification(null, SignerReason.ManifestOlder, problems);
        }

        var signed = new SignedManifest(manifest, [.. check.Signers.Select(s => s.Name)], check.CountsUntil(trust.Required), Convert.ToHexStringLower(SHA256.HashData(bytes)));
        return new ManifestVerification(signed, "", problems);
    }
}
