using System.Net;
using CwmpShield.Core.Identity;
using CwmpShield.Gateway.Configuration;

namespace CwmpShield.Gateway.Listening;

/// <summary>Connection feature: the facts of one device connection, settled by the listener's stages before its first request.</summary>
public sealed class DeviceConnection
{
    /// <summary>The listener that accepted it.</summary>
    public required ListenerOptions Listener { get; init; }

    /// <summary>Unique within the process.</summary>
    public required string ConnectionId { get; init; }

    /// <summary>The device's address: the PROXY header's source where one is required, else the peer's. IPv4-mapped is unmapped.</summary>
    public required IPEndPoint Source { get; init; }

    /// <summary>Whether TLS was negotiated.</summary>
    public bool IsTls { get; internal set; }

    /// <summary>The client certificate that the handshake verified, null when none.</summary>
    public CertificateFacts? Certificate { get; internal set; }

    /// <summary>State that the stages behind keep for the connection's life.</summary>
    public IDictionary<object, object> Items { get; } = new Dictionary<object, object>();

    /// <summary>Cancelled when the connection ends.</summary>
    public CancellationToken Closed { get; init; }

    /// <summary>Why the handshake fails, if it does.</summary>
    internal string Refusal { get; set; } = ListeningReason.TlsHandshakeFailed;
}
