using System.Net.Security;
using System.Text;
using CwmpShield.Core.Identity;
using CwmpShield.Gateway.Configuration;

namespace CwmpShield.Gateway.Forwarding;

/// <summary>How every session's connection to the ACS is made: the options with their files read.</summary>
/// <param name="Options">The options.</param>
/// <param name="Account">The service account, null where the gateway does not log in as itself.</param>
/// <param name="Tls">TLS of an https destination.</param>
internal sealed record AcsSettings(AcsOptions Options, AcsAccount? Account, SslClientAuthenticationOptions Tls)
{
    /// <summary>Reads the files that <paramref name="options"/> names; throws what reading them throws.</summary>
    public static AcsSettings Load(AcsOptions options)
    {
        var credentials = options.Credentials;
        var account = credentials.EffectiveMode == AcsCredentialMode.ServiceAccount ? new AcsAccount(credentials.User, Read(credentials.PasswordFile)) : null;
        return new AcsSettings(options, account, AcsTls.Create(options.Tls));
    }

    private static StoredSecret.Password Read(string file) =>
        new(Encoding.UTF8.GetBytes(file.Length == 0 ? "" : File.ReadLines(file).FirstOrDefault("")));
}
