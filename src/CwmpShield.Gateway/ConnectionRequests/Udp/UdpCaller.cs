using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using CwmpShield.Core.ConnectionRequests;
using CwmpShield.Core.Identity;
using CwmpShield.Core.Udp;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Storage;

namespace CwmpShield.Gateway.ConnectionRequests.Udp;

/// <summary>
/// Sends signed connection requests to devices, from the STUN socket. What a device was sent last is remembered, because it takes
/// only what is later (G.2.1.4). Nothing comes back: that it has worked shows in the device's Inform. Safe for threads.
/// </summary>
internal sealed class UdpCaller(UdpRequestOptions options, EndpointPolicy policy, UdpMetrics metrics, TimeProvider time)
{
    private const int Devices = 100_000;
    private const long Milliseconds = 100_000_000_000;
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private readonly Lock gate = new();
    private readonly BoundedCache<long, Sent> sent = new(Devices, Day, time);
    private volatile UdpSockets? sockets;

    /// <summary>The sockets are open.</summary>
    public void Open(UdpSockets opened) => sockets = opened;

    /// <summary>Whether a device that has told no URL can be called over UDP.</summary>
    public bool MayCall(LearnedEndpoint learned) => options.IsOn && learned.Udp is not null;

    /// <summary>Sends a request of the gateway's own, written as the ACS last wrote to the device.</summary>
    /// <returns><see cref="UdpReason.Sent"/>, or why not.</returns>
    public string Call(CallTarget device) => Call(device, null);

    /// <summary>Sends a request signed anew in place of <paramref name="request"/>, which an ACS has signed.</summary>
    /// <returns><see cref="UdpReason.Sent"/>, or why not.</returns>
    public string Call(CallTarget device, UdpConnectionRequest? request)
    {
        var outcome = Judge(device.Learned.Udp) is { Length: > 0 } reason ? reason : Send(device, device.Learned.Udp!, request);
        metrics.Called(outcome);
        return outcome;
    }

    /// <summary>The policy of today decides, whatever was let pass when the address was learned.</summary>
    private string Judge(UdpEndpoint? endpoint)
    {
        if (sockets is not { } open)
        {
            return UdpReason.Off;
        }

        if (endpoint is null)
        {
            return ConnectionRequestReason.EndpointMissing;
        }

        if (!EndpointCheck.TryCheckUdp(endpoint.Place, endpoint.IsObserved ? endpoint.Address : null, policy, out _, out var reason))
        {
            return reason;
        }

        // A device that names the gateway would have it call itself without end.
        var target = new IPEndPoint(endpoint.Address.ToAddress(), endpoint.Port);
        return open.IsOwn(target) ? UdpReason.OwnAddress : "";
    }

    private string Send(CallTarget device, UdpEndpoint endpoint, UdpConnectionRequest? request)
    {
        var target = new IPEndPoint(endpoint.Address.ToAddress(), endpoint.Port);
        var outcome = ConnectionRequestReason.CredentialsUnknown;
        foreach (var credential in device.Credentials)
        {
            // Every one of the device's secrets: it takes the one that it has, and drops the other unseen.
            if (credential.Secret is StoredSecret.Password password)
            {
                var (stamp, style) = Stamp(device.Learned.DeviceKey, request);
                var result = UdpConnectionRequestWriter.TryWrite(endpoint.Place, stamp, credential.User, password.Utf8.Span, style, out var datagram)
                    ? Send(datagram, target)
                    : UdpRequestReason.Unwritable;
                outcome = outcome == UdpReason.Sent ? outcome : result;
            }
        }

        return outcome;
    }

    private string Send(byte[] datagram, IPEndPoint target)
    {
        var isSent = false;
        for (var copy = 0; copy < options.Copies; copy++)
        {
            isSent |= sockets!.Stun.TrySend(datagram, target);
        }

        return isSent ? UdpReason.Sent : UdpReason.NotSent;
    }

    private (UdpRequestStamp Stamp, UdpRequestStyle Style) Stamp(long device, UdpConnectionRequest? request)
    {
        var now = time.GetUtcNow();
        var id = RandomNumberGenerator.GetInt32(1, int.MaxValue).ToString(CultureInfo.InvariantCulture);
        lock (gate)
        {
            var known = sent.TryGet(device, out var last);
            var wanted = request?.Timestamp ?? (known && last!.Timestamp >= Milliseconds ? now.ToUnixTimeMilliseconds() : now.ToUnixTimeSeconds());
            var timestamp = known ? Math.Max(wanted, last!.Timestamp + 1) : wanted;
            var style = request?.Style ?? (known ? last!.Style : UdpRequestStyle.AnnexG);
            sent.Set(device, new Sent(timestamp, style));
            return (new UdpRequestStamp(timestamp, id, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))), style);
        }
    }

    private sealed record Sent(long Timestamp, UdpRequestStyle Style);
}
