using System.Security.Cryptography;
using CwmpShield.Gateway.Listening;

namespace CwmpShield.Gateway.Configuration;

/// <summary>What one listener alone cannot show: names, places, and certificates that TLS resumption would carry across.</summary>
internal static class ListenerPairChecks
{
    /// <summary>Adds what is wrong to <paramref name="problems"/>.</summary>
    public static void Run(string key, GatewayOptions options, ConfigurationProblems problems)
    {
        var listeners = options.Listeners;
        for (var i = 0; i < listeners.Count; i++)
        {
            for (var j = i + 1; j < listeners.Count; j++)
            {
                Pair(key, (i, listeners[i]), (j, listeners[j]), problems);
            }

            var management = options.Management;
            problems.Require(
                !SamePlace(listeners[i].Address, listeners[i].Port, management.Address, management.Port),
                $"{key}:{i}:Port",
                listeners[i].Port,
                "another port than the management listener's");
        }
    }

    private static void Pair(string key, (int Index, ListenerOptions Options) one, (int Index, ListenerOptions Options) two, ConfigurationProblems problems)
    {
        problems.Require(
            !one.Options.Name.Equals(two.Options.Name, StringComparison.OrdinalIgnoreCase),
            $"{key}:{two.Index}:Name",
            two.Options.Name,
            $"another name than that of listener {one.Index}");
        problems.Require(
            !SamePlace(one.Options.Address, one.Options.Port, two.Options.Address, two.Options.Port),
            $"{key}:{two.Index}:Port",
            two.Options.Port,
            $"another address or port than those of listener {one.Index}");
        if (Resumes(one.Options, two.Options) && AsksDifferently(one.Options, two.Options) && SameCertificate(one.Options, two.Options))
        {
            problems.Add(
                $"{key}:{two.Index}:Certificate:Path",
                two.Options.Certificate.Path,
                $"another certificate than that of listener {one.Index}, or AllowTlsResume: false on both: TLS resumes sessions by certificate, "
                + "and would carry one from a listener to another that asks for other client certificates");
        }
    }

    /// <summary>Whether two doors cannot both be opened.</summary>
    internal static bool SamePlace(string address, int port, string otherAddress, int otherPort) =>
        port != 0 && port == otherPort && (address.Equals(otherAddress, StringComparison.OrdinalIgnoreCase) || IsAny(address) || IsAny(otherAddress));

    private static bool IsAny(string address) => address is "0.0.0.0" or "::";

    private static bool Resumes(ListenerOptions one, ListenerOptions two) =>
        !one.AllowPlaintext && !two.AllowPlaintext && (one.AllowTlsResume || two.AllowTlsResume);

    private static bool AsksDifferently(ListenerOptions one, ListenerOptions two) =>
        one.ClientCertificates != two.ClientCertificates
        || (one.ClientCertificates != ClientCertificatePolicy.None && !one.ClientCaPath.Equals(two.ClientCaPath, StringComparison.Ordinal));

    /// <summary>By what the files hold, not by their names; what cannot be loaded was reported elsewhere.</summary>
    private static bool SameCertificate(ListenerOptions one, ListenerOptions two) =>
        Thumbprint(one.Certificate) is { } thumbprint && string.Equals(thumbprint, Thumbprint(two.Certificate), StringComparison.Ordinal);

    private static string? Thumbprint(CertificateOptions options)
    {
        try
        {
            return CertificateFile.Load(options).Leaf.Thumbprint;
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            return null;
        }
    }
}
