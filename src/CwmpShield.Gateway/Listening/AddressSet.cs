using System.Net;

namespace CwmpShield.Gateway.Listening;

/// <summary>A set of addresses and networks.</summary>
internal sealed class AddressSet
{
    private readonly IPNetwork[] networks;

    /// <summary>The set of <paramref name="entries"/>; entries that don't parse were refused with the configuration.</summary>
    public AddressSet(IEnumerable<string> entries) => networks = Networks(entries);

    /// <summary>The networks of <paramref name="entries"/>; entries that don't parse were refused with the configuration.</summary>
    public static IPNetwork[] Networks(IEnumerable<string> entries) =>
        [.. entries.Select(entry => TryParse(entry, out var network) ? network : (IPNetwork?)null).OfType<IPNetwork>()];

    /// <summary>Reads <c>192.0.2.1</c>, <c>192.0.2.0/24</c> or <c>2001:db8::/32</c>.</summary>
    public static bool TryParse(string text, out IPNetwork network)
    {
        if (IPAddress.TryParse(text, out var address))
        {
            network = new IPNetwork(address, address.GetAddressBytes().Length * 8);
            return true;
        }

        return IPNetwork.TryParse(text, out network);
    }

    /// <summary>Whether <paramref name="address"/> is in the set.</summary>
    public bool Contains(IPAddress address) => Array.Exists(networks, network => network.Contains(address));
}
