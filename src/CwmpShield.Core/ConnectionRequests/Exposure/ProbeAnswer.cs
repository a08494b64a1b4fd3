namespace CwmpShield.Core.ConnectionRequests.Exposure;

/// <summary>What one answer of a device told. Text in it is cleaned.</summary>
/// <param name="Status">HTTP status, 100–599.</param>
/// <param name="Schemes">Schemes of WWW-Authenticate.</param>
/// <param name="Realm">The first realm, at most 128 characters; null without.</param>
/// <param name="Server">The Server header, see <see cref="ServerBanner"/>; empty without.</param>
/// <param name="Services">What the body describes.</param>
public sealed record ProbeAnswer(int Status, LoginSchemes Schemes, string? Realm, string Server, ExposedServices Services);
