using Microsoft.Extensions.Logging;

namespace CwmpShield.Gateway.Drifting;

/// <summary>What drift tells in the log: ids 7600–7619.</summary>
internal static partial class DriftLog
{
    /// <summary>Something was not compared.</summary>
    [LoggerMessage(7600, LogLevel.Error, "What {Device} reports could not be held against its orders: the store cannot be asked or written")]
    public static partial void DriftMissed(this ILogger log, string device, Exception error);
}
