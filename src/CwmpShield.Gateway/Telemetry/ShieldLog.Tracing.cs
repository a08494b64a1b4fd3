using Microsoft.Extensions.Logging;

namespace CwmpShield.Gateway.Telemetry;

/// <summary>What the sending of spans tells in the log: ids 7540–7549.</summary>
internal static partial class TracingLog
{
    /// <summary>Spans are lost.</summary>
    [LoggerMessage(7540, LogLevel.Warning, "The collector {Collector} takes no spans; they are dropped until it does. Nothing else depends on it")]
    public static partial void CollectorAway(this ILogger log, string collector);

    /// <summary>Spans arrive again.</summary>
    [LoggerMessage(7541, LogLevel.Information, "The collector {Collector} takes spans again")]
    public static partial void CollectorBack(this ILogger log, string collector);
}
