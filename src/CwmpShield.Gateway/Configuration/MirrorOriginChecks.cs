using System.Security.Cryptography;
using CwmpShield.Core.DataModel.Values;
using CwmpShield.Gateway.Listening;

namespace CwmpShield.Gateway.Configuration;

/// <summary>One place that artefacts are fetched from.</summary>
internal static class MirrorOriginChecks
{
    /// <summary>Adds what is wrong to <paramref name="problems"/>.</summary>
    public static void Run(string key, MirrorOriginOptions origin, ConfigurationProblems problems)
    {
        problems.Require(IsPrefix(origin.Url), $"{key}:Url", origin.Url, "an https URL that ends with a slash, without user and query");
        for (var i = 0; i < origin.AllowedRedirects.Count; i++)
        {
            problems.Require(
                IsPrefix(origin.AllowedRedirects[i]), $"{key}:AllowedRedirects:{i}", origin.AllowedRedirects[i], "an https URL that ends with a slash, without user and query");
        }

        if (origin.Folder.Length > 0)
        {
            problems.Require(Directory.Exists(origin.Folder), $"{key}:Folder", origin.Folder, "a folder with the files of the origin's URLs");
            return;
        }

        problems.Require(
            origin.User.Length == 0 ? origin.PasswordFile.Length == 0 : File.Exists(origin.PasswordFile),
            $"{key}:PasswordFile",
            origin.PasswordFile,
            "a file with the password of User, and User beside it");
        Tls($"{key}:Tls", origin.Tls, problems);
    }

    private static bool IsPrefix(string text) =>
        UrlValue.TryParse(text, out var url) && url is { Scheme: "https", HasUserInfo: false, Query: "" } && text.EndsWith('/');

    private static void Tls(string key, AcsTlsOptions tls, ConfigurationProblems problems)
    {
        problems.Require(
            tls.CaPath.Length > 0 || tls.PinSha256.Length > 0, $"{key}:CaPath", "", "a PEM bundle, or PinSha256: an origin is trusted by one of them, never by the system's store");
        problems.Require(
            tls.PinSha256.Length == 0 || (tls.PinSha256.Length == 64 && tls.PinSha256.All(char.IsAsciiHexDigit)), $"{key}:PinSha256", tls.PinSha256, "64 hexadecimal digits");
        if (tls.ClientCertificate.Path.Length > 0)
        {
            CertificateChecks.Load($"{key}:ClientCertificate", tls.ClientCertificate, problems);
        }

        if (tls.CaPath.Length == 0)
        {
            return;
        }

        try
        {
            ClientCaBundle.Load(tls.CaPath);
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException or CryptographicException)
        {
            problems.Add($"{key}:CaPath", tls.CaPath, $"a PEM bundle of authorities ({broken.Message})");
        }
    }
}
