using System.Collections.Concurrent;
using System.Net;
using CwmpShield.Gateway.Configuration;

namespace CwmpShield.Gateway.Listening;

/// <summary>Counts a listener's connections, in total and per source address (IPv6: per /64, what one subscriber has).</summary>
internal sealed class ConnectionQuota(ListenerLimits limits)
{
    private readonly ConcurrentDictionary<IPAddress, int> perAddress = new();
    private int total;

    /// <summary>Connections now.</summary>
    public int Total => Volatile.Read(ref total);

    /// <summary>Takes one of the listener's places.</summary>
    public bool TryEnter()
    {
        if (Interlocked.Increment(ref total) <= limits.MaxConnections)
        {
            return true;
        }

        Interlocked.Decrement(ref total);
        return false;
    }

    /// <summary>Gives the listener's place back.</summary>
    public void Leave() => Interlocked.Decrement(ref total);

    /// <summary>Takes one of the places of <paramref name="source"/>.</summary>
    public bool TryEnter(IPAddress source)
    {
        var count = perAddress.AddOrUpdate(Addresses.Subscriber(source), 1, (_, held) => held + 1);
        if (count <= limits.MaxConnectionsPerAddress)
        {
            return true;
        }

        Leave(source);
        return false;
    }

    /// <summary>Gives the place of <paramref name="source"/> back; an address without connections is forgotten.</summary>
    public void Leave(IPAddress source)
    {
        var key = Addresses.Subscriber(source);
        var held = perAddress.AddOrUpdate(key, 0, (_, count) => count - 1);
        if (held <= 0)
        {
            perAddress.TryRemove(new KeyValuePair<IPAddress, int>(key, held));
        }
    }

    /// <summary>Addresses that are counted now.</summary>
    internal int Sources => perAddress.Count;
}
