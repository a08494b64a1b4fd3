using System.Net;
using CwmpShield.Core.Identity;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Revocation;
using CwmpShield.Gateway.Throttling;

namespace CwmpShield.Gateway.Listening;

/// <summary>Connection feature: the facts of one device connection, settled by the listener's stages before its first request.</summary>
public sealed class DeviceConnection
{
    private DeviceCertificate? shown;
    private CertificateDoor? door;

    /// <summary>The listener that accepted it.</summary>
    public required ListenerOptions Listener { get; init; }

    /// <summary>Unique within the process.</summary>
    public required string ConnectionId { get; init; }

    /// <summary>The device's address: the PROXY header's source where one is required, else the peer's. IPv4-mapped is unmapped.</summary>
    public required IPEndPoint Source { get; init; }

    /// <summary>Whether TLS was negotiated.</summary>
    public bool IsTls { get; internal set; }

    /// <summary>The client certificate that the handshake verified, null when none.</summary>
    public CertificateFacts? Certificate => shown?.Facts;

    /// <summary>State that the stages behind keep for the connection's life.</summary>
    public IDictionary<object, object> Items { get; } = new Dictionary<object, object>();

    /// <summary>Cancelled when the connection ends.</summary>
    public CancellationToken Closed { get; init; }

    /// <summary>Why the handshake fails, if it does.</summary>
    internal string Refusal { get; set; } = ListeningReason.TlsHandshakeFailed;

    /// <summary>Where it comes from and in by.</summary>
    internal Caller Caller => new(Listener, Source.Address);

    /// <summary>Takes in the certificate that <paramref name="judge"/> admitted; null when it admitted none.</summary>
    internal void Show(DeviceCertificate? certificate, CertificateDoor judge) => (shown, door) = (certificate, judge);

    /// <summary>Whether the certificate that was shown still counts; good where none was.</summary>
    internal CertificateJudgement JudgeCertificate()
    {
        if (shown is null || door is null)
        {
            return CertificateJudgement.Good;
        }

        var certificate = shown;
        var judgement = door.Judge(ref certificate);
        shown = certificate;
        return judgement;
    }
}
