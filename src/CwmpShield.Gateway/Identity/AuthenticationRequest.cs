using System.Net;
using CwmpShield.Core.Identity;
using CwmpShield.Gateway.Configuration;

namespace CwmpShield.Gateway.Identity;

/// <summary>The facts of one HTTP request that its proof of identity rests on; the body is not among them.</summary>
/// <param name="Listener">The listener that it came in by.</param>
/// <param name="IsTls">Whether the connection is TLS.</param>
/// <param name="Certificate">The verified client certificate, null when none.</param>
/// <param name="Method">HTTP method as sent.</param>
/// <param name="Target">Request target as sent (Digest's <c>uri</c> must equal it).</param>
/// <param name="Authorization">Authorization header values as sent; more than one is refused.</param>
public sealed record AuthenticationRequest(
    ListenerOptions Listener,
    bool IsTls,
    CertificateFacts? Certificate,
    string Method,
    string Target,
    IReadOnlyList<string> Authorization)
{
    /// <summary>Where it comes from.</summary>
    public IPAddress Source { get; init; } = IPAddress.None;
}
