using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CwmpShield.Gateway.Listening;

namespace CwmpShield.Gateway.Configuration;

/// <summary>Certificates and TLS of one listener; every file is loaded as the listener will load it.</summary>
internal static class ListenerTlsChecks
{
    /// <summary>Adds what is wrong to <paramref name="problems"/>.</summary>
    public static void Run(string key, ListenerOptions listener, ConfigurationProblems problems)
    {
        if (listener.AllowPlaintext)
        {
            Plaintext(key, listener, problems);
            return;
        }

        if (listener.Certificate.Path.Length == 0)
        {
            problems.Add($"{key}:Certificate:Path", "", "a PEM or PFX file, or AllowPlaintext: true for a listener without TLS");
        }
        else if (CertificateChecks.Load($"{key}:Certificate", listener.Certificate, problems) is { } certificate && listener.TlsProfile == TlsProfile.Legacy)
        {
            problems.Require(
                certificate.Leaf.GetRSAPublicKey() is not null,
                $"{key}:Certificate:Path",
                listener.Certificate.Path,
                "a certificate with an RSA key: the suites of old devices need one");
        }

        Authorities($"{key}:ClientCaPath", listener, problems);
    }

    private static void Plaintext(string key, ListenerOptions listener, ConfigurationProblems problems)
    {
        problems.Require(
            listener.Certificate.Path.Length == 0, $"{key}:Certificate:Path", listener.Certificate.Path, "nothing where AllowPlaintext is true");
        problems.Require(
            listener.ClientCertificates == ClientCertificatePolicy.None,
            $"{key}:ClientCertificates",
            ScalarText.Kebab(listener.ClientCertificates.ToString()),
            "none where AllowPlaintext is true: certificates need TLS");
        problems.Require(
            listener.TlsProfile == TlsProfile.Modern, $"{key}:TlsProfile", "legacy", "nothing where AllowPlaintext is true");
    }

    private static void Authorities(string key, ListenerOptions listener, ConfigurationProblems problems)
    {
        if (listener.ClientCertificates == ClientCertificatePolicy.None)
        {
            return;
        }

        if (listener.ClientCaPath.Length == 0)
        {
            problems.Add(key, "", "a PEM bundle of the operator's own authorities, or ClientCertificates: none");
            return;
        }

        try
        {
            ClientCaBundle.Load(listener.ClientCaPath);
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException or CryptographicException)
        {
            problems.Add(key, listener.ClientCaPath, $"a PEM bundle of authorities ({broken.Message})");
        }
    }
}
