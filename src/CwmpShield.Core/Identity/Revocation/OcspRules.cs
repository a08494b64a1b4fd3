namespace CwmpShield.Core.Identity.Revocation;

/// <summary>What an OCSP response must be to count.</summary>
/// <param name="Policy">The floor under signatures and keys.</param>
/// <param name="RequireNonce">Whether a response without the nonce is refused; one with another nonce always is.</param>
/// <param name="MaxAge">How old a response may be that doesn't say when the next one comes.</param>
/// <param name="IsRevoked">Whether a list names the responder's own certificate.</param>
public sealed record OcspRules(CertificatePolicy Policy, bool RequireNonce, TimeSpan MaxAge, Func<CertificateLink, bool> IsRevoked);
