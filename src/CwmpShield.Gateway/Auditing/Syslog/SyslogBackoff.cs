using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using CwmpShield.Gateway.Storage;

namespace CwmpShield.Gateway.Auditing.Syslog;

/// <summary>How long delivery waits after a failure, and what it calls it.</summary>
internal static class SyslogBackoff
{
    private const int MaxDoublings = 16;
    private const int Steps = 1000;

    /// <summary>A wait between half of the doubled first one and all of it, so that nodes do not come back together.</summary>
    public static TimeSpan Of(int failures, SyslogTimes times)
    {
        var longest = times.FirstWait * Math.Pow(2, Math.Clamp(failures - 1, 0, MaxDoublings));
        longest = longest < times.LastWait ? longest : times.LastWait;
        return longest * ((Steps + RandomNumberGenerator.GetInt32(Steps + 1)) / (2.0 * Steps));
    }

    /// <summary>A stable word for a failure.</summary>
    public static string ReasonOf(Exception error) => error switch
    {
        AuthenticationException => "tls",
        OperationCanceledException => "stalled",
        SocketException => "unreachable",
        CryptographicException => "files",
        RegistryUnavailableException => "store",
        IOException => "closed",
        _ => "other",
    };
}
