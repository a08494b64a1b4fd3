using System.Net;
using CwmpShield.Core.Identity;
using CwmpShield.Gateway.Configuration;

namespace CwmpShield.Gateway.Listening;

/// <summary>One accepted connection of a device listener; its facts are settled by the listener's stages in turn.</summary>
internal sealed class DeviceConnection : IDeviceConnection
{
    /// <inheritdoc/>
    public required ListenerOptions Listener { get; init; }

    /// <inheritdoc/>
    public required string ConnectionId { get; init; }

    /// <inheritdoc/>
    public required IPEndPoint Source { get; init; }

    /// <inheritdoc/>
    public bool IsTls { get; set; }

    /// <inheritdoc/>
    public CertificateFacts? Certificate { get; set; }

    /// <inheritdoc/>
    public IDictionary<object, object> Items { get; } = new Dictionary<object, object>();

    /// <inheritdoc/>
    public CancellationToken Closed { get; init; }

    /// <summary>Why the handshake fails, if it does.</summary>
    public string Refusal { get; set; } = ListeningReason.TlsHandshakeFailed;
}
