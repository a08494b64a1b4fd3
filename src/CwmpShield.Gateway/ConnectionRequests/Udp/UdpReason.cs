namespace CwmpShield.Gateway.ConnectionRequests.Udp;

/// <summary>What becomes of datagrams, beside the words of the core. Stable words of metrics and command line.</summary>
internal static class UdpReason
{
    /// <summary>STUN told a device its address.</summary>
    public const string Answered = "answered";

    /// <summary>A device was sent a request.</summary>
    public const string Sent = "sent";

    /// <summary>A copy of the last request: it was passed on already.</summary>
    public const string Copy = "copy";

    /// <summary>Sources have used up what they may ask.</summary>
    public const string Limited = "udp-rate-limited";

    /// <summary>The datagram came from no ACS that is listed.</summary>
    public const string SourceUnlisted = "udp-source-unlisted";

    /// <summary>Several devices share user name and secret, so that the request names none of them.</summary>
    public const string Ambiguous = "udp-device-ambiguous";

    /// <summary>The address is one of the gateway's own.</summary>
    public const string OwnAddress = "udp-own-address";

    /// <summary>The operating system would not send the datagram.</summary>
    public const string NotSent = "udp-not-sent";

    /// <summary>The gateway has no UDP socket.</summary>
    public const string Off = "udp-off";

    /// <summary>The gateway failed; its log says how.</summary>
    public const string GatewayError = "gateway-error";

    /// <summary>The registry could not be asked.</summary>
    public const string RegistryUnavailable = "registry-unavailable";
}
