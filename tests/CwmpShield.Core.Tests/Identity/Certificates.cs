using CwmpShield.Core.Identity;

namespace CwmpShield.Core.Tests.Identity;

/// <summary>Certificate facts for tests.</summary>
internal static class Certificates
{
    public static CertificateFacts Facts(
        IReadOnlyList<string>? commonNames = null,
        IReadOnlyList<string>? alternativeNames = null,
        string key = "k1",
        DateTimeOffset? notBefore = null) =>
        new(key, commonNames ?? [], alternativeNames ?? [], "01", notBefore ?? DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue);
}
