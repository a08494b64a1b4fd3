namespace CwmpShield.Gateway.Forwarding;

/// <summary>One HTTP message to the ACS; an empty body is CWMP's empty POST.</summary>
/// <param name="Body">Canonical bytes.</param>
/// <param name="Forwarded">Forwarded header.</param>
/// <param name="DeviceAuthorization">The device's own Authorization, which passes in identity mode observe; else null.</param>
internal readonly record struct AcsEnvelope(ReadOnlyMemory<byte> Body, string Forwarded, string? DeviceAuthorization);
