using System.Security.Cryptography;
using CwmpShield.Core.Audit;
using CwmpShield.Gateway.Listening;

namespace CwmpShield.Gateway.Configuration;

/// <summary>The receivers of the ledger's records.</summary>
internal static class SyslogChecks
{
    private const int MaxReceivers = 16;
    private const int MaxName = 64;

    /// <summary>Adds what is wrong to <paramref name="problems"/>.</summary>
    public static void Run(string key, IReadOnlyList<SyslogOptions> receivers, ConfigurationProblems problems)
    {
        problems.Require(receivers.Count <= MaxReceivers, key, receivers.Count, $"at most {MaxReceivers} receivers");
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < receivers.Count; i++)
        {
            Receiver($"{key}:{i}", receivers[i], problems);
            problems.Require(names.Add(receivers[i].Name), $"{key}:{i}:Name", receivers[i].Name, "a name that no other receiver has");
        }
    }

    private static void Receiver(string key, SyslogOptions receiver, ConfigurationProblems problems)
    {
        problems.Require(
            receiver.Name.Length is > 0 and <= MaxName && receiver.Name.All(one => char.IsAsciiLetterOrDigit(one) || one is '.' or '-'),
            $"{key}:Name",
            receiver.Name,
            $"1 to {MaxName} letters, digits, dots and dashes");
        problems.Require(Uri.CheckHostName(receiver.Host) is not UriHostNameType.Unknown, $"{key}:Host", receiver.Host, "a host name or address");
        problems.Range($"{key}:Port", receiver.Port, 0, ushort.MaxValue);
        problems.Range($"{key}:Facility", receiver.Facility, 0, 23);
        for (var i = 0; i < receiver.Kinds.Count; i++)
        {
            problems.Require(
                AuditKindName.Parse(receiver.Kinds[i]) != AuditKind.Unknown, $"{key}:Kinds:{i}", receiver.Kinds[i], "one of " + string.Join(", ", AuditKindName.All.Skip(1)));
        }

        Tls(key, receiver, problems);
    }

    private static void Tls(string key, SyslogOptions receiver, ConfigurationProblems problems)
    {
        if (receiver.Transport != SyslogTransport.Tls)
        {
            problems.Require(receiver.CaPath.Length == 0, $"{key}:CaPath", receiver.CaPath, "nothing where Transport is not tls");
            problems.Require(receiver.ClientCertificate.Path.Length == 0, $"{key}:ClientCertificate:Path", receiver.ClientCertificate.Path, "nothing where Transport is not tls");
            return;
        }

        try
        {
            ClientCaBundle.Load(receiver.CaPath);
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            problems.Add($"{key}:CaPath", receiver.CaPath, $"a PEM bundle of the receiver's authorities ({broken.Message})");
        }

        if (receiver.ClientCertificate.Path.Length > 0)
        {
            CertificateChecks.Load($"{key}:ClientCertificate", receiver.ClientCertificate, problems);
        }
    }
}
