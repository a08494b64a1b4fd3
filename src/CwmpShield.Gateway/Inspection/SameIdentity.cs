using CwmpShield.Core.Identity;

namespace CwmpShield.Gateway.Inspection;

/// <summary>Whether a connection speaks for the same device as a session that it wants to carry on.</summary>
internal static class SameIdentity
{
    /// <summary>
    /// The registry row must be the session's; where the log-in names no row (a shared user, or mode observe), certificate key
    /// and user must be those that opened the session. The strength may not be lower.
    /// </summary>
    public static bool Holds(DeviceSession session, ProvenIdentity proven) =>
        proven.Strength >= session.Proven.Strength
        && (proven.Device is { } device ? device.Key == session.Device.Key : SameProof(session.Proven, proven));

    private static bool SameProof(ProvenIdentity opened, ProvenIdentity now) =>
        opened.Device is null
        && string.Equals(opened.Certificate?.SpkiSha256, now.Certificate?.SpkiSha256, StringComparison.Ordinal)
        && string.Equals(opened.User, now.User, StringComparison.Ordinal);
}
