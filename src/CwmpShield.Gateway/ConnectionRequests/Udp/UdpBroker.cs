using CwmpShield.Core.Identity;
using CwmpShield.Core.Udp;
using CwmpShield.Gateway.Storage;

namespace CwmpShield.Gateway.ConnectionRequests.Udp;

/// <summary>
/// Takes what an ACS sends over UDP: reads it, finds the device by the user name that it carries, verifies the signature with that
/// device's own secret, and has the device called in its place. What fails in any way is dropped, and counted with its reason.
/// </summary>
/// <param name="directory">Knows the devices.</param>
/// <param name="memory">Knows what was sent before.</param>
/// <param name="call">Has a device called within the limits; <see cref="UdpReason.Sent"/> or why not.</param>
/// <param name="time">Clock.</param>
internal sealed class UdpBroker(UdpDirectory directory, UdpRequestMemory memory, Func<CallTarget, UdpConnectionRequest, string> call, TimeProvider time)
{
    /// <summary>Devices of one user name whose secrets are tried.</summary>
    public const int MaxCandidates = 8;

    /// <summary>Takes a datagram.</summary>
    /// <returns><see cref="UdpReason.Sent"/>, <see cref="UdpReason.Copy"/>, or why not.</returns>
    public async ValueTask<string> TakeAsync(ReadOnlyMemory<byte> datagram, CancellationToken cancellationToken)
    {
        if (!UdpConnectionRequestReader.TryRead(datagram.Span, out var request, out var reason))
        {
            return reason;
        }

        IReadOnlyList<CallTarget> candidates;
        try
        {
            candidates = await directory.FindAsync(request!.User, MaxCandidates + 1, cancellationToken);
        }
        catch (RegistryUnavailableException)
        {
            return UdpReason.RegistryUnavailable;
        }

        return candidates.Count switch
        {
            0 => UdpRequestReason.UnknownUser,
            > MaxCandidates => UdpReason.Ambiguous,
            _ => Pass(request, candidates),
        };
    }

    private string Pass(UdpConnectionRequest request, IReadOnlyList<CallTarget> candidates)
    {
        CallTarget? device = null;
        foreach (var candidate in candidates)
        {
            if (!HasSigned(request, candidate))
            {
                continue;
            }

            if (device is not null)
            {
                return UdpReason.Ambiguous;
            }

            device = candidate;
        }

        if (device is null)
        {
            return UdpRequestReason.SignatureWrong;
        }

        return memory.Take(device.Learned.DeviceKey, request, time.GetUtcNow()) switch
        {
            UdpRequestFreshness.New => call(device, request),
            UdpRequestFreshness.Copy => UdpReason.Copy,
            UdpRequestFreshness.Replayed => UdpRequestReason.Replayed,
            _ => UdpRequestReason.Stale,
        };
    }

    /// <summary>Whether the ACS has signed with one of the device's secrets: while it changes, there are two.</summary>
    private static bool HasSigned(UdpConnectionRequest request, CallTarget device)
    {
        var isSigned = false;
        foreach (var credential in device.Credentials)
        {
            isSigned |= credential.User == request.User && credential.Secret is StoredSecret.Password password && UdpSignature.Verify(request, password.Utf8.Span);
        }

        return isSigned;
    }
}
