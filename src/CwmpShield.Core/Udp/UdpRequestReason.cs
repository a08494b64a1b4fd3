namespace CwmpShield.Core.Udp;

/// <summary>Why a datagram that asks for a connection was not passed on. Stable words: log, metrics and command line use the same.</summary>
public static class UdpRequestReason
{
    /// <summary>More bytes than <see cref="UdpConnectionRequestReader.MaxBytes"/>.</summary>
    public const string TooLarge = "udp-request-too-large";

    /// <summary>Not the one form that TR-069 Annex G describes.</summary>
    public const string Malformed = "udp-request-malformed";

    /// <summary>No device has the user name of the request.</summary>
    public const string UnknownUser = "udp-request-unknown-user";

    /// <summary>The signature is not that of the device's connection-request secret.</summary>
    public const string SignatureWrong = "udp-request-signature-wrong";

    /// <summary>Signed too long ago, in the future, or before the gateway could remember.</summary>
    public const string Stale = "udp-request-stale";

    /// <summary>Not newer than the last request of the device, or its id or nonce come again.</summary>
    public const string Replayed = "udp-request-replayed";

    /// <summary>The device's user name or address has characters that a request line has no room for.</summary>
    public const string Unwritable = "udp-request-unwritable";
}
