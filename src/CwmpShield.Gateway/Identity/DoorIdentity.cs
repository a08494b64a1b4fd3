using CwmpShield.Core.Identity;
using CwmpShield.Gateway.Configuration;

namespace CwmpShield.Gateway.Identity;

/// <summary>What a listener's identity options come to, worked out once.</summary>
internal sealed class DoorIdentity
{
    private readonly ListenerIdentityOptions options;
    private readonly bool isBasic;

    /// <summary>Reads the options of <paramref name="listener"/>.</summary>
    /// <exception cref="InvalidOperationException">A pattern cannot be read; the configuration check says so earlier.</exception>
    public DoorIdentity(ListenerOptions listener, ReadOnlySpan<byte> nonceKey, TimeProvider time)
    {
        options = listener.Identity;
        SubjectPatterns = [.. options.SubjectPatterns.Select(Subject)];
        UserPattern = NamePattern.TryParse(options.UserPattern, out var pattern, out var error)
            ? pattern!
            : throw new InvalidOperationException($"UserPattern {error}.");
        Nonces = new DigestNonces(nonceKey, listener.Name, options.Realm, options.NonceLifetime, time);
        Cap = options.MaxStrength
            ?? (listener.TlsProfile == TlsProfile.Legacy ? IdentityStrength.PasswordOverTls : IdentityStrength.UniqueCertificate);

        // Basic over plain HTTP would show the password to everyone on the way.
        isBasic = options.Challenge == HttpChallenge.Basic && !listener.AllowPlaintext;
        Hash = options.Challenge == HttpChallenge.DigestSha256 ? DigestHash.Sha256 : DigestHash.Md5;
    }

    public IReadOnlyList<SubjectPattern> SubjectPatterns { get; }

    public NamePattern UserPattern { get; }

    public DigestNonces Nonces { get; }

    public IdentityStrength Cap { get; }

    public DigestHash Hash { get; }

    public string Realm => options.Realm;

    public IReadOnlyList<string> SharedSubjects => options.SharedSubjects;

    public bool IsLearning => options.Mode == IdentityMode.Learn;

    public bool IsObserving => options.Mode == IdentityMode.Observe;

    public bool NeedsCertificate => options.Require is IdentityRequirement.Certificate or IdentityRequirement.Both;

    public bool NeedsCredential => options.Require is IdentityRequirement.Credential or IdentityRequirement.Both;

    public bool AcceptsDigest => !isBasic;

    /// <summary>A fresh challenge; <paramref name="stale"/> when only the nonce was at fault.</summary>
    public string Challenge(bool stale) => isBasic ? DigestChallenge.Basic(Realm) : DigestChallenge.Digest(Hash, Realm, Nonces.Create(), stale);

    private static SubjectPattern Subject(string text) => SubjectPattern.TryParse(text, out var subject, out var error)
        ? subject!
        : throw new InvalidOperationException($"SubjectPatterns {error}.");
}
