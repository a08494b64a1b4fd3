using System.Security.Cryptography;
using CwmpShield.Gateway.Listening;
using Yarp.ReverseProxy.Configuration;

namespace CwmpShield.Gateway.Configuration;

/// <summary>How the gateway speaks to the ACS.</summary>
internal static class AcsChecks
{
    private const int MaxName = 64;

    /// <summary>Adds what is wrong to <paramref name="problems"/>.</summary>
    public static void Run(string key, AcsOptions acs, IReadOnlyList<ClusterConfig> clusters, ConfigurationProblems problems)
    {
        problems.Range($"{key}:ConnectTime", acs.ConnectTime, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1));
        problems.Range($"{key}:AnswerTime", acs.AnswerTime, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10));
        problems.Require(
            acs.Host.Length == 0 || (Uri.TryCreate($"http://{acs.Host}/", UriKind.Absolute, out var host) && host is { PathAndQuery: "/", UserInfo: "" }),
            $"{key}:Host",
            acs.Host,
            "a host name or address, with or without a port");
        problems.Require(
            acs.ForwardedBy.Length <= MaxName && acs.ForwardedBy.All(character => char.IsAsciiLetterOrDigit(character) || character is '.' or '_' or '-'),
            $"{key}:ForwardedBy",
            acs.ForwardedBy,
            $"at most {MaxName} letters, digits, '.', '_' or '-' (RFC 7239)");
        for (var i = 0; i < acs.AllowedRedirects.Count; i++)
        {
            problems.Require(
                ClusterChecks.IsHttpUrl(acs.AllowedRedirects[i]), $"{key}:AllowedRedirects:{i}", acs.AllowedRedirects[i], "an absolute http or https URL without user");
        }

        Credentials($"{key}:Credentials", acs.Credentials, problems);
        Tls($"{key}:Tls", acs.Tls, clusters, problems);
    }

    private static void Credentials(string key, AcsCredentialOptions credentials, ConfigurationProblems problems)
    {
        if (credentials.Mode is { } mode && mode != AcsCredentialMode.ServiceAccount)
        {
            problems.Require(
                credentials.User.Length + credentials.PasswordFile.Length == 0,
                $"{key}:User",
                credentials.User,
                $"nothing where Mode is {ScalarText.Kebab(mode.ToString())}: it is the service account's");
        }
        else if (credentials.User.Length > 0)
        {
            problems.Require(File.Exists(credentials.PasswordFile), $"{key}:PasswordFile", credentials.PasswordFile, "a file with the service account's password");
        }
        else
        {
            problems.Require(
                credentials.PasswordFile.Length == 0 && credentials.Mode is null, $"{key}:User", "", "the user that PasswordFile belongs to, where Mode is service-account");
        }
    }

    private static void Tls(string key, AcsTlsOptions tls, IReadOnlyList<ClusterConfig> clusters, ConfigurationProblems problems)
    {
        var encrypted = clusters
            .SelectMany(cluster => cluster.Destinations?.Values ?? [])
            .Any(destination => destination.Address?.StartsWith("https:", StringComparison.OrdinalIgnoreCase) == true);
        problems.Require(
            !encrypted || tls.CaPath.Length > 0 || tls.PinSha256.Length > 0,
            $"{key}:CaPath",
            "",
            "a PEM bundle, or PinSha256: an https destination is trusted by one of them, never by the system's store");
        problems.Require(
            tls.PinSha256.Length == 0 || (tls.PinSha256.Length == 64 && tls.PinSha256.All(char.IsAsciiHexDigit)),
            $"{key}:PinSha256",
            tls.PinSha256,
            "64 hexadecimal digits");
        if (tls.CaPath.Length > 0)
        {
            Bundle($"{key}:CaPath", tls.CaPath, problems);
        }

        if (tls.ClientCertificate.Path.Length > 0)
        {
            CertificateChecks.Load($"{key}:ClientCertificate", tls.ClientCertificate, problems);
        }
    }

    private static void Bundle(string key, string path, ConfigurationProblems problems)
    {
        try
        {
            ClientCaBundle.Load(path);
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException or CryptographicException)
        {
            problems.Add(key, path, $"a PEM bundle of authorities ({broken.Message})");
        }
    }
}
