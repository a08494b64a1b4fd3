using System.Security.Cryptography;
using CwmpShield.Core.Identity.Revocation;
using CwmpShield.Gateway.Listening;

namespace CwmpShield.Gateway.Configuration;

/// <summary>Certificate policy and sources of revocation of one listener. Lists are read as the listener will read them.</summary>
internal static class RevocationChecks
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>Adds what is wrong to <paramref name="problems"/>.</summary>
    public static void Run(string key, ListenerOptions listener, ConfigurationProblems problems)
    {
        var (policy, options) = (listener.CertificatePolicy, listener.Revocation);
        problems.Range($"{key}:CertificatePolicy:MinRsaBits", policy.MinRsaBits, 1024, 16_384);
        problems.Range($"{key}:CertificatePolicy:MinEcBits", policy.MinEcBits, 224, 521);
        problems.Range($"{key}:CertificatePolicy:MaxIntermediates", policy.MaxIntermediates, 0, 8);
        problems.Range($"{key}:Revocation:StaleAfter", options.StaleAfter, TimeSpan.Zero, 90 * Day);
        problems.Range($"{key}:Revocation:RefreshInterval", options.RefreshInterval, 10 * Second, 7 * Day);
        problems.Range($"{key}:Revocation:MaxCrlBytes", options.MaxCrlBytes, 1 << 10, 1 << 30);
        problems.Range($"{key}:Revocation:OcspMaxAge", options.OcspMaxAge, Second, 30 * Day);
        problems.Range($"{key}:Revocation:MaxOcspAnswers", options.MaxOcspAnswers, 1000, 10_000_000);
        Addresses($"{key}:Revocation", options, problems);
        if (!options.HasSource)
        {
            problems.Require(
                !options.RequireForAuthorities, $"{key}:Revocation:RequireForAuthorities", true, "false, or CrlFiles or CrlUrls that cover the authorities");
        }
        else if (listener.ClientCertificates == ClientCertificatePolicy.None)
        {
            problems.Add($"{key}:Revocation", "sources of revocation", "nothing where ClientCertificates is none: there is no certificate to check");
        }
        else
        {
            Files($"{key}:Revocation:CrlFiles", listener, problems);
        }
    }

    private static void Addresses(string key, RevocationOptions options, ConfigurationProblems problems)
    {
        for (var i = 0; i < options.CrlUrls.Count; i++)
        {
            Address($"{key}:CrlUrls:{i}", options.CrlUrls[i], problems);
        }

        if (options.OcspUrl.Length > 0)
        {
            Address($"{key}:OcspUrl", options.OcspUrl, problems);
        }
    }

    private static void Address(string key, string address, ConfigurationProblems problems) => problems.Require(
        Uri.TryCreate(address, UriKind.Absolute, out var uri)
            && uri.Scheme is "http" or "https" && uri.UserInfo.Length == 0 && uri.Fragment.Length == 0,
        key,
        address,
        "an absolute http or https URL without user and fragment");

    private static void Files(string key, ListenerOptions listener, ConfigurationProblems problems)
    {
        ClientCaBundle bundle;
        try
        {
            bundle = ClientCaBundle.Load(listener.ClientCaPath);
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            // Reported with the bundle itself; without it no list can be judged.
            return;
        }

        var reader = new RevocationListReader(bundle.Authorities, listener.CertificatePolicy);
        for (var i = 0; i < listener.Revocation.CrlFiles.Count; i++)
        {
            var path = listener.Revocation.CrlFiles[i];
            var reason = File(path, reader, listener.Revocation.MaxCrlBytes);
            problems.Require(reason.Length == 0, $"{key}:{i}", path, $"revocation lists of the authorities in ClientCaPath ({reason})");
        }
    }

    /// <summary>An old list doesn't stop the start: <see cref="RevocationOptions.Mode"/> says what it means.</summary>
    private static string File(string path, RevocationListReader reader, int maxBytes)
    {
        try
        {
            if (new FileInfo(path).Length > maxBytes)
            {
                return RevocationReason.CrlTooLarge;
            }

            var lists = RevocationListFile.Split(System.IO.File.ReadAllBytes(path));
            var reason = lists.Count == 0 ? RevocationReason.CrlUnreadable : "";
            foreach (var der in lists)
            {
                reason = reader.TryRead(der, TimeProvider.System.GetUtcNow(), out _, out var why) ? reason : why;
            }

            return reason;
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
        {
            return RevocationReason.CrlUnavailable;
        }
    }
}
