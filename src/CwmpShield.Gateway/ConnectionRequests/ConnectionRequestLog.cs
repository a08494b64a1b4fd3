using CwmpShield.Core.Cwmp;
using Microsoft.Extensions.Logging;

namespace CwmpShield.Gateway.ConnectionRequests;

/// <summary>What the broker logs.</summary>
internal static partial class ConnectionRequestLog
{
    [LoggerMessage(6100, LogLevel.Warning, "{Device} announces a connection-request endpoint that was not learned: {Reason}.")]
    public static partial void EndpointRefused(this ILogger logger, DeviceId device, string reason);

    [LoggerMessage(6101, LogLevel.Warning, "{Device} announces its TR-064 endpoint for connection requests: whoever reaches it there may order it about.")]
    public static partial void Tr064Reused(this ILogger logger, DeviceId device);

    [LoggerMessage(6102, LogLevel.Information, "Connection request of {Acs} refused: {Reason}.")]
    public static partial void RequestRefused(this ILogger logger, System.Net.IPAddress acs, string reason);

    [LoggerMessage(6103, LogLevel.Information, "Connection request to {Device}: {Outcome}.")]
    public static partial void DeviceCalled(this ILogger logger, DeviceId device, string outcome);

    [LoggerMessage(6104, LogLevel.Warning, "What became of connection requests could not be written.")]
    public static partial void RecordsUnwritten(this ILogger logger, Exception error);

    [LoggerMessage(6105, LogLevel.Warning, "What a device told of its endpoint could not be written: the registry is unavailable.")]
    public static partial void EndpointUnwritten(this ILogger logger, Exception error);
}
