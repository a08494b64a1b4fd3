using System.Net;
using CwmpShield.Gateway.Configuration;

namespace CwmpShield.Gateway.Listening;

/// <summary>
/// Bounds the TLS handshakes in progress on a listener, in total and per source address (IPv6: per /64). A handshake is the dearest
/// thing that a stranger gets for nothing, so the excess is closed before its first byte is read. When the listener is full, a
/// newcomer takes the place of the oldest handshake of the address that holds most: whoever floods displaces himself.
/// </summary>
internal sealed class HandshakeQuota(ListenerLimits limits)
{
    private readonly Lock sync = new();
    private readonly Dictionary<IPAddress, LinkedList<HandshakePlace>> bySource = [];
    private int total;

    /// <summary>Handshakes in progress.</summary>
    public int Total => Volatile.Read(ref total);

    /// <summary>
    /// Takes a place for <paramref name="source"/>; <paramref name="displaced"/> is told when a newcomer of another address takes it
    /// over. Without a place there is a reason.
    /// </summary>
    public (HandshakePlace? Place, string Reason) Enter(IPAddress source, Action displaced)
    {
        var place = new HandshakePlace(this, Addresses.Subscriber(source), displaced);
        HandshakePlace? victim = null;
        lock (sync)
        {
            var own = bySource.GetValueOrDefault(place.Source);
            var held = own?.Count ?? 0;
            if (held >= limits.MaxHandshakesPerAddress)
            {
                return (null, ListeningReason.TooManyHandshakesPerAddress);
            }

            if (total >= limits.MaxHandshakes)
            {
                victim = OldestOfTheGreediest(held + 1);
                if (victim is null)
                {
                    return (null, ListeningReason.TooManyHandshakes);
                }

                Remove(victim);
            }

            own ??= bySource[place.Source] = new LinkedList<HandshakePlace>();
            own.AddLast(place.Node);
            total++;
        }

        victim?.Displace();
        return (place, "");
    }

    /// <summary>Gives a place back that is still held.</summary>
    internal void Leave(HandshakePlace place)
    {
        lock (sync)
        {
            Remove(place);
        }
    }

    /// <summary>Addresses that are counted now.</summary>
    internal int Sources => bySource.Count;

    private HandshakePlace? OldestOfTheGreediest(int moreThan)
    {
        LinkedList<HandshakePlace>? most = null;
        foreach (var places in bySource.Values)
        {
            most = places.Count > (most?.Count ?? moreThan) ? places : most;
        }

        return most?.First?.Value;
    }

    private void Remove(HandshakePlace place)
    {
        if (place.Node.List is not { } places)
        {
            return;
        }

        places.Remove(place.Node);
        total--;
        if (places.Count == 0)
        {
            bySource.Remove(place.Source);
        }
    }
}
