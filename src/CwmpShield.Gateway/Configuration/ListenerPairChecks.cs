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
                Pair($"{key}:{j}", listeners[i], listeners[j], $"listener {i}", problems);
            }

            var management = options.Management;
            problems.Require(
                !SamePlace(listeners[i].Address, listeners[i].Port, management.Address, management.Port),
                $"{key}:{i}:Port",
                listeners[i].Port,
                "another port than the management listener's");
        }
    }

    /// <summary>Checks a listener of the mirror beside a device listener.</summary>
    public static void Beside(string key, ListenerOptions device, ListenerOptions mirror, ConfigurationProblems problems) =>
        Pair(key, device, mirror, $"device listener {device.Name}", problems);

    private static void Pair(string key, ListenerOptions one, ListenerOptions two, string oneIs, ConfigurationProblems problems)
    {
        problems.Require(!one.Name.Equals(two.Name, StringComparison.OrdinalIgnoreCase), $"{key}:Name", two.Name, $"another name than that of {oneIs}");
        problems.Require(
            !SamePlace(one.Address, one.Port, two.Address, two.Port), $"{key}:Port", two.Port, $"another address or port than those of {oneIs}");
        if (Resumes(one, two) && AsksDifferently(one, two) && SameCertificate(one, two))
        {
            problems.Add(
                $"{key}:Certificate:Path",
                two.Certificate.Path,
                $"another certificate than that of {oneIs}, or AllowTlsResume: false on both: TLS resumes sessions by certificate, "
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
