using Microsoft.Extensions.Logging;

namespace CwmpShield.Gateway.WebConsole;

/// <summary>What the console logs.</summary>
internal static partial class ConsoleLog
{
    [LoggerMessage(9000, LogLevel.Information, "Console: {Actor} {Action} {Subject} from {Source}.")]
    public static partial void OperatorActed(this ILogger logger, string actor, string action, string subject, string source);

    [LoggerMessage(9001, LogLevel.Error, "A page of the console failed.")]
    public static partial void PageFailed(this ILogger logger, Exception error);

    [LoggerMessage(9002, LogLevel.Warning, "The console cannot be used: the store is unavailable.")]
    public static partial void StoreAway(this ILogger logger, Exception error);
}
