using CwmpShield.Core.Identity;

namespace CwmpShield.Gateway.Identity;

/// <summary>What came of one request's proof of identity. Closed: the default of every switch over it is refusal.</summary>
public abstract record AuthenticationOutcome
{
    private AuthenticationOutcome()
    {
    }

    /// <summary>The request speaks for this identity.</summary>
    /// <param name="Identity">Who.</param>
    public sealed record Proven(ProvenIdentity Identity) : AuthenticationOutcome;

    /// <summary>401 with one challenge.</summary>
    /// <param name="WwwAuthenticate">Value of the WWW-Authenticate header.</param>
    /// <param name="Reason">Stable reason id: <c>credential-missing</c>, <c>credential-wrong</c>, <c>nonce-stale</c> …</param>
    public sealed record Challenged(string WwwAuthenticate, string Reason) : AuthenticationOutcome;

    /// <summary>403: no credential would help.</summary>
    /// <param name="Reason">Stable reason id.</param>
    public sealed record Refused(string Reason) : AuthenticationOutcome;

    /// <summary>503 with Retry-After: the credential was not looked at.</summary>
    /// <param name="Reason">Stable reason id.</param>
    /// <param name="Wait">How long until it would be.</param>
    public sealed record Throttled(string Reason, TimeSpan Wait) : AuthenticationOutcome;

    /// <summary>503 with Retry-After: the registry could not be asked.</summary>
    /// <param name="Reason">Stable reason id.</param>
    public sealed record Unavailable(string Reason) : AuthenticationOutcome;
}
