using System.Security.Cryptography;
using CwmpShield.Gateway.Listening;

namespace CwmpShield.Gateway.Configuration;

/// <summary>Loads a configured certificate, or says why it cannot be.</summary>
internal static class CertificateChecks
{
    /// <summary>The certificate, null when it cannot be loaded (which is added to <paramref name="problems"/>).</summary>
    public static CertificateFile? Load(string key, CertificateOptions options, ConfigurationProblems problems)
    {
        try
        {
            return CertificateFile.Load(options);
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException or CryptographicException)
        {
            problems.Add($"{key}:Path", options.Path, $"a PEM or PFX file with its private key ({broken.Message})");
            return null;
        }
    }
}
