using CwmpShield.Core.Identity;

namespace CwmpShield.Gateway.Configuration;

/// <summary>Who may speak on a listener, and how it is proven.</summary>
public sealed record ListenerIdentityOptions
{
    /// <summary>What happens to a device that cannot prove itself. The default value is enforce.</summary>
    public IdentityMode Mode { get; init; } = IdentityMode.Enforce;

    /// <summary>What a device must show. The default value is certificate.</summary>
    public IdentityRequirement Require { get; init; } = IdentityRequirement.Certificate;

    /// <summary>Realm of Basic and Digest. The default value is <c>CwmpShield</c>.</summary>
    public string Realm { get; init; } = "CwmpShield";

    /// <summary>The one challenge that is sent: devices use the first only. The default value is Digest with MD5 (RFC 7616).</summary>
    public HttpChallenge Challenge { get; init; } = HttpChallenge.DigestMd5;

    /// <summary>Nonce lifetime. The default value is 5 minutes.</summary>
    public TimeSpan NonceLifetime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// How a certificate names its device: patterns over <c>{oui}</c>, <c>{product-class}</c> and <c>{serial}</c>, each
    /// for <c>cn:</c> or <c>san:</c>. The default values are <c>cn:{oui}-{product-class}-{serial}</c> and <c>cn:{oui}-{serial}</c>.
    /// </summary>
    public IReadOnlyList<string> SubjectPatterns { get; init; } = ["cn:{oui}-{product-class}-{serial}", "cn:{oui}-{serial}"];

    /// <summary>Subject common names of certificates that a class of devices shares; they need the device's own password beside them.</summary>
    public IReadOnlyList<string> SharedSubjects { get; init; } = [];

    /// <summary>HTTP user of a device whose registry row names none. The default value is <c>{oui}-{product-class}-{serial}</c>.</summary>
    public string UserPattern { get; init; } = "{oui}-{product-class}-{serial}";

    /// <summary>The strongest identity that this listener grants, null for no cap. Legacy listeners cap at password over TLS unless set.</summary>
    public IdentityStrength? MaxStrength { get; init; }
}

/// <summary>What becomes of a device that cannot prove itself.</summary>
public enum IdentityMode
{
    /// <summary>Refused.</summary>
    Enforce = 0,

    /// <summary>As enforce, but an unknown device with a unique certificate is enrolled.</summary>
    Learn,

    /// <summary>Log-in passes between device and ACS; what enforce would do is recorded; strength is none.</summary>
    Observe,
}

/// <summary>What a device must show on a listener.</summary>
public enum IdentityRequirement
{
    /// <summary>A certificate (shared ones need a credential beside them).</summary>
    Certificate = 0,

    /// <summary>An HTTP credential.</summary>
    Credential,

    /// <summary>Both.</summary>
    Both,
}

/// <summary>The HTTP challenge of a listener.</summary>
public enum HttpChallenge
{
    /// <summary>Digest, MD5, qop="auth".</summary>
    DigestMd5 = 0,

    /// <summary>Digest, SHA-256, qop="auth".</summary>
    DigestSha256,

    /// <summary>Basic (TLS listeners only).</summary>
    Basic,
}
