using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using CwmpShield.Core.ConnectionRequests;
using CwmpShield.Core.Identity;
using CwmpShield.Core.Udp;
using CwmpShield.Gateway.Configuration;

namespace CwmpShield.Gateway.ConnectionRequests.Udp;

/// <summary>
/// Has a running gateway call a device over UDP, from another process of its machine: only the gateway's own socket comes through the
/// device's NAT, so that it is asked as an ACS asks it, by a datagram signed with the device's secret.
/// </summary>
internal static class UdpHandover
{
    /// <summary>Whether a device can be called so.</summary>
    public static bool MayCall(UdpRequestOptions options, LearnedEndpoint learned) => options.TakesAcs && options.AcsPort > 0 && learned.Udp is not null;

    /// <summary>Asks; that the gateway has heard it shows only in the device's Inform.</summary>
    public static CallOutcome Call(UdpRequestOptions options, CallTarget target, DateTimeOffset now)
    {
        if (target.Credentials.FirstOrDefault(one => one.Secret is StoredSecret.Password) is not { Secret: StoredSecret.Password password } credential)
        {
            return CallOutcome.Bad(ConnectionRequestReason.CredentialsUnknown);
        }

        var stamp = new UdpRequestStamp(
            now.ToUnixTimeSeconds(),
            RandomNumberGenerator.GetInt32(1, int.MaxValue).ToString(CultureInfo.InvariantCulture),
            Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)));
        if (!UdpConnectionRequestWriter.TryWrite(options.PublicAddress, stamp, credential.User, password.Utf8.Span, UdpRequestStyle.AnnexG, out var datagram))
        {
            return CallOutcome.Bad(UdpRequestReason.Unwritable);
        }

        try
        {
            // From the gateway's own address, which its door for ACSs lets in.
            var address = IPAddress.Parse(options.AcsAddress);
            using var socket = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            socket.Bind(new IPEndPoint(address, 0));
            socket.SendTo(datagram, new IPEndPoint(address, options.AcsPort));
            return new CallOutcome(204, "");
        }
        catch (SocketException)
        {
            return CallOutcome.Unavailable(UdpReason.NotSent);
        }
    }
}
