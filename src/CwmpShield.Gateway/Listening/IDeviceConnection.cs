using System.Net;
using CwmpShield.Core.Identity;
using CwmpShield.Gateway.Configuration;

namespace CwmpShield.Gateway.Listening;

/// <summary>Connection feature: the facts of one device connection, settled once when it is accepted.</summary>
public interface IDeviceConnection
{
    /// <summary>The listener that accepted it.</summary>
    ListenerOptions Listener { get; }

    /// <summary>Unique within the process.</summary>
    string ConnectionId { get; }

    /// <summary>The device's address: the PROXY header's source where one is required, else the peer's. IPv4-mapped is unmapped.</summary>
    IPEndPoint Source { get; }

    /// <summary>Whether TLS was negotiated.</summary>
    bool IsTls { get; }

    /// <summary>The client certificate that the handshake verified, null when none.</summary>
    CertificateFacts? Certificate { get; }

    /// <summary>State that the stages behind keep for the connection's life.</summary>
    IDictionary<object, object> Items { get; }

    /// <summary>Cancelled when the connection ends.</summary>
    CancellationToken Closed { get; }
}
