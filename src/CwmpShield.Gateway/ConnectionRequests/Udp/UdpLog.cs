using Microsoft.Extensions.Logging;

namespace CwmpShield.Gateway.ConnectionRequests.Udp;

/// <summary>Log messages of UDP: 6200–6299. Datagrams are counted, not logged: anybody can send them.</summary>
internal static partial class UdpLog
{
    [LoggerMessage(6201, LogLevel.Information, "STUN for devices at {Stun}; connection requests of ACSs over UDP at {Acs}.")]
    public static partial void Listening(ILogger logger, string stun, string acs);

    [LoggerMessage(6202, LogLevel.Error, "A datagram could not be dealt with.")]
    public static partial void Failed(ILogger logger, Exception error);
}
