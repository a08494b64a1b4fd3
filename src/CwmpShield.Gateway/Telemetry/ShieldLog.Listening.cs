using Microsoft.Extensions.Logging;

namespace CwmpShield.Gateway.Telemetry;

/// <summary>Log messages of the listeners: 1000–1999. None carries what a stranger sent.</summary>
internal static partial class ShieldLog
{
    [LoggerMessage(1001, LogLevel.Debug, "Connection on listener {Listener} closed: {Reason}.")]
    public static partial void ConnectionRefused(ILogger logger, string listener, string reason);

    [LoggerMessage(1004, LogLevel.Information, "The process may open too few files: room for {Capacity} connections of devices, where the listeners take {Wanted}. Raise its limit (LimitNOFILE), or lower MaxConnections.")]
    public static partial void FewOpenFiles(ILogger logger, int capacity, long wanted);

    [LoggerMessage(1002, LogLevel.Information, "Reloaded {What}.")]
    public static partial void FileReloaded(ILogger logger, string what);

    [LoggerMessage(1003, LogLevel.Error, "Could not reload {What} ({Error}); the last good one stays in use.")]
    public static partial void FileReloadFailed(ILogger logger, string what, string error);
}
