namespace CwmpShield.Core.Identity;

/// <summary>What the gateway keeps of a client certificate whose chain it has verified.</summary>
/// <param name="SpkiSha256">SHA-256 of SubjectPublicKeyInfo, lower-case hex: the key's name.</param>
/// <param name="CommonNames">Every CN of the subject, in order.</param>
/// <param name="AlternativeNames">dNSName, URI and rfc822Name entries of subjectAltName.</param>
/// <param name="Serial">Serial number, upper-case hex.</param>
/// <param name="NotBefore">Start of validity.</param>
/// <param name="NotAfter">End of validity.</param>
public sealed record CertificateFacts(
    string SpkiSha256,
    IReadOnlyList<string> CommonNames,
    IReadOnlyList<string> AlternativeNames,
    string Serial,
    DateTimeOffset NotBefore,
    DateTimeOffset NotAfter)
{
    private const int MaxNameLength = 256;

    /// <summary>
    /// Whether the names can be read in one way only: one CN at most, and no name that is empty, longer than 256 characters, or has
    /// a wildcard, a NUL or another control character.
    /// </summary>
    public bool HasPlainNames => CommonNames.Count <= 1 && CommonNames.Concat(AlternativeNames).All(IsPlain);

    private static bool IsPlain(string name) =>
        name.Length is > 0 and <= MaxNameLength && !name.AsSpan().ContainsAny('*', '\uFFFD') && !name.Any(char.IsControl);
}
