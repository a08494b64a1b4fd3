using Microsoft.Extensions.Logging;

namespace CwmpShield.Gateway.Telemetry;

/// <summary>What is told of the glass in the log: ids 7700–7709.</summary>
internal static partial class BreakGlassLog
{
    /// <summary>Rules only record.</summary>
    [LoggerMessage(7700, LogLevel.Critical, "Rules refuse nothing until {Until}: the glass was broken by {Actor}: {Reason}")]
    public static partial void GlassBroken(this ILogger log, DateTimeOffset until, string actor, string reason);

    /// <summary>Rules refuse again.</summary>
    [LoggerMessage(7701, LogLevel.Warning, "Rules refuse again: the glass is mended")]
    public static partial void GlassMended(this ILogger log);

    /// <summary>It is not known whether it is wanted.</summary>
    [LoggerMessage(7702, LogLevel.Warning, "Whether the glass is to be broken cannot be read or recorded")]
    public static partial void GlassUnknown(this ILogger log, Exception error);
}
