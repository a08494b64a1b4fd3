using CwmpShield.Core.Identity;

namespace CwmpShield.Gateway.Telemetry;

/// <summary>What a device has proven itself with, in one word: the weakest part names it, because that is what somebody else could have.</summary>
internal static class CredentialWord
{
    /// <summary>Every word.</summary>
    public static IReadOnlyList<string> All { get; } = ["none", "factory", "shared-user", "password", "certificate", "shared-certificate"];

    /// <summary>The word of an identity.</summary>
    public static string Of(ProvenIdentity proven) => proven switch
    {
        { IsUniqueCertificate: true } => "certificate",
        { IsFactory: true } => "factory",
        { IsSharedUser: true } => "shared-user",
        { User: not null } => "password",
        { Certificate: not null } => "shared-certificate",
        _ => "none",
    };
}
