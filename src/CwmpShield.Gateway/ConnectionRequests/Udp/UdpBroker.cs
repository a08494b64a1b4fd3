using CwmpShield.Core.Udp;
using CwmpShield.Gateway.Storage;

namespace CwmpShield.Gateway.ConnectionRequests.Udp;

/// <summary>
/// Takes what an ACS sends over UDP: reads it, finds the device by the user name that it carries, verifies the signature with that
/// device's own secret, and has the device called in its place. What fails in any way is dropped, and counted with its reason.
/// </summary>
internal sealed class UdpBroker(UdpDirectory directory, UdpRequestMemory memory, UdpCaller caller, TimeProvider time)
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

        IReadOnlyList<UdpDevice> candidates;
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

    private string Pass(UdpConnectionRequest request, IReadOnlyList<UdpDevice> candidates)
    {
        UdpDevice? device = null;
        foreach (var candidate in candidates)
        {
            if (!UdpSignature.Verify(request, candidate.Key.Span))
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
            UdpRequestFreshness.New => caller.Call(device, request),
            UdpRequestFreshness.Copy => UdpReason.Copy,
            UdpRequestFreshness.Replayed => UdpRequestReason.Replayed,
            _ => UdpRequestReason.Stale,
        };
    }
}
