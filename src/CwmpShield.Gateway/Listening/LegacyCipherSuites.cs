using System.Net.Security;
using System.Runtime.Versioning;

namespace CwmpShield.Gateway.Listening;

/// <summary>
/// The suites of a legacy listener: the modern ones first, then those that old devices are limited to.
/// TLS_RSA_WITH_AES_128_CBC_SHA is the one suite that TLS 1.2 (RFC 5246, 9) makes mandatory. No export, RC4, DES, NULL or
/// anonymous suite.
/// </summary>
internal static class LegacyCipherSuites
{
    /// <summary>The suites in the order of preference.</summary>
    public static readonly TlsCipherSuite[] Suites =
    [
        TlsCipherSuite.TLS_AES_128_GCM_SHA256,
        TlsCipherSuite.TLS_AES_256_GCM_SHA384,
        TlsCipherSuite.TLS_CHACHA20_POLY1305_SHA256,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
        TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
        TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
        TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256,
        TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA,
        TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA,
        TlsCipherSuite.TLS_DHE_RSA_WITH_AES_128_GCM_SHA256,
        TlsCipherSuite.TLS_DHE_RSA_WITH_AES_128_CBC_SHA,
        TlsCipherSuite.TLS_RSA_WITH_AES_128_GCM_SHA256,
        TlsCipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA256,
        TlsCipherSuite.TLS_RSA_WITH_AES_256_CBC_SHA256,
        TlsCipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA,
        TlsCipherSuite.TLS_RSA_WITH_AES_256_CBC_SHA,
    ];

    /// <summary>The policy that carries them.</summary>
    [UnsupportedOSPlatform("windows")]
    public static CipherSuitesPolicy Policy() => new(Suites);
}
