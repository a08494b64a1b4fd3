using Microsoft.Extensions.Logging;

namespace CwmpShield.Gateway.Telemetry;

/// <summary>What delivery by syslog tells in the log: ids 7520–7539.</summary>
internal static partial class SyslogLog
{
    /// <summary>A receiver is served.</summary>
    [LoggerMessage(7520, LogLevel.Information, "The syslog receiver {Receiver} is served")]
    public static partial void SyslogUp(this ILogger log, string receiver);

    /// <summary>A receiver is not served.</summary>
    [LoggerMessage(7521, LogLevel.Warning, "The syslog receiver {Receiver} is not served ({Reason}): {Problem}. Records wait in the ledger until it is")]
    public static partial void SyslogDown(this ILogger log, string receiver, string reason, string problem);

    /// <summary>Records were removed before they were delivered.</summary>
    [LoggerMessage(7522, LogLevel.Error, "Records {First} to {Last} were removed from the ledger before the syslog receiver {Receiver} had them")]
    public static partial void SyslogMissing(this ILogger log, string receiver, long first, long last);
}
