using System.Net;

namespace CwmpShield.Gateway.Configuration;

/// <summary>The management listener: beyond loopback it needs TLS, and the names that it is called by.</summary>
internal static class ManagementChecks
{
    private const int MaxHosts = 32;

    /// <summary>Adds what is wrong to <paramref name="problems"/>.</summary>
    public static void Run(string key, ManagementOptions management, ConfigurationProblems problems)
    {
        var isAddress = IPAddress.TryParse(management.Address, out _);
        problems.Require(isAddress, $"{key}:Address", management.Address, "an IP address");
        problems.Range($"{key}:Port", management.Port, 0, 65535);
        problems.Require(
            !isAddress || management.IsLocal || management.HasTls,
            $"{key}:Certificate:Path",
            "",
            "a PEM or PFX file: beyond loopback (127.0.0.1, ::1) management speaks TLS only");
        problems.Require(
            !isAddress || management.IsLocal || management.Hosts.Count > 0,
            $"{key}:Hosts",
            "",
            "the names that browsers and scrapers call it by: beyond loopback no other is answered");
        if (management.HasTls)
        {
            CertificateChecks.Load($"{key}:Certificate", management.Certificate, problems);
        }

        problems.Require(management.Hosts.Count <= MaxHosts, $"{key}:Hosts", $"{management.Hosts.Count} names", $"{MaxHosts} names at most");
        for (var i = 0; i < management.Hosts.Count; i++)
        {
            problems.Require(IsName(management.Hosts[i]), $"{key}:Hosts:{i}", management.Hosts[i], "a host name or an IP address, without scheme and port");
        }

        problems.Range($"{key}:SessionIdleTime", management.SessionIdleTime, TimeSpan.FromMinutes(1), TimeSpan.FromDays(1));
        problems.Range($"{key}:SessionTime", management.SessionTime, TimeSpan.FromMinutes(1), TimeSpan.FromDays(7));
    }

    private static bool IsName(string name) => IPAddress.TryParse(name.Trim('[', ']'), out _)
        || (name.Length is > 0 and <= 253 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.'));
}
