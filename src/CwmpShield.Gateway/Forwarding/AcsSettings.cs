using System.Net.Security;
using CwmpShield.Gateway.Configuration;

namespace CwmpShield.Gateway.Forwarding;

/// <summary>How every session's connection to the ACS is made: the options with their files read.</summary>
/// <param name="Options">The options.</param>
/// <param name="Account">The service account, null for none.</param>
/// <param name="Tls">TLS of an https destination.</param>
internal sealed record AcsSettings(AcsOptions Options, AcsAccount? Account, SslClientAuthenticationOptions Tls)
{
    /// <summary>Reads the files that <paramref name="options"/> names; throws what reading them throws.</summary>
    public static AcsSettings Load(AcsOptions options)
    {
        var credentials = options.Credentials;
        var account = credentials.User.Length == 0
            ? null
            : new AcsAccount(credentials.User, credentials.PasswordFile.Length == 0 ? "" : File.ReadLines(credentials.PasswordFile).FirstOrDefault(""));
        return new AcsSettings(options, account, AcsTls.Create(options.Tls));
    }
}
