using CwmpShield.Core.DataModel.Values;

namespace CwmpShield.Core.ConnectionRequests;

/// <summary>Whether an address may be called as a device's: of the ones that it told, and of each that a name resolves to.</summary>
public static class AddressCheck
{
    private static readonly IpValue[] NotUnicast = Networks("0.0.0.0/8", "224.0.0.0/4", "240.0.0.0/4", "::/128", "ff00::/8");
    private static readonly IpValue[] Loopback = Networks("127.0.0.0/8", "::1");
    private static readonly IpValue[] LinkLocal = Networks("169.254.0.0/16", "fe80::/10");

    /// <summary>Where clouds tell the secrets of their machines; no access network opens these.</summary>
    private static readonly IpValue[] Metadata = Networks("169.254.169.254", "169.254.170.2", "100.100.100.200", "fd00:ec2::254");

    /// <summary>IPv4-compatible and translated forms, NAT64, 6to4, Teredo, site-local.</summary>
    private static readonly IpValue[] Embedded = Networks("::/96", "::ffff:0:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "2001::/32", "2002::/16", "fec0::/10");

    /// <summary>The reason why <paramref name="address"/> is not called for a device that came from <paramref name="source"/>; empty when it is.</summary>
    /// <param name="address">One address.</param>
    /// <param name="source">The address that the device's own connection came from, null when that is not known.</param>
    /// <param name="policy">The operator's.</param>
    public static string Judge(in IpValue address, in IpValue? source, EndpointPolicy policy)
    {
        if (address.PrefixLength != (address.IsV6 ? 128 : 32) || In(NotUnicast, address))
        {
            return ConnectionRequestReason.EndpointNotUnicast;
        }

        if (In(Metadata, address) || IsClosed(LinkLocal, address, policy))
        {
            return ConnectionRequestReason.EndpointLinkLocal;
        }

        if (IsClosed(Loopback, address, policy))
        {
            return ConnectionRequestReason.EndpointLoopback;
        }

        if (In(policy.ManagementNetworks, address))
        {
            return ConnectionRequestReason.EndpointManagementNetwork;
        }

        if (!In(Loopback, address) && IsClosed(Embedded, address, policy))
        {
            return ConnectionRequestReason.EndpointEmbeddedAddress;
        }

        if (address != source && !In(policy.AccessNetworks, address))
        {
            return ConnectionRequestReason.EndpointForeignAddress;
        }

        return IsBroadcast(address, policy) ? ConnectionRequestReason.EndpointNotUnicast : "";
    }

    /// <summary>Whether it is in a special range that no access network opens by lying inside.</summary>
    private static bool IsClosed(IpValue[] special, in IpValue address, EndpointPolicy policy)
    {
        foreach (var range in special)
        {
            if (range.Contains(address))
            {
                return !Opens(policy, range, address);
            }
        }

        return false;
    }

    private static bool Opens(EndpointPolicy policy, in IpValue range, in IpValue address)
    {
        foreach (var network in policy.AccessNetworks)
        {
            if (range.Contains(network) && network.Contains(address))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The last address of an IPv4 access network calls all of it.</summary>
    private static bool IsBroadcast(in IpValue address, EndpointPolicy policy)
    {
        foreach (var network in policy.AccessNetworks)
        {
            if (!network.IsV6 && network.PrefixLength < 31 && network.Contains(address))
            {
                var hosts = uint.MaxValue >> network.PrefixLength;
                if (((uint)address.Bits & hosts) == hosts)
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool In(IReadOnlyList<IpValue> networks, in IpValue address)
    {
        for (var i = 0; i < networks.Count; i++)
        {
            if (networks[i].Contains(address))
            {
                return true;
            }
        }

        return false;
    }

    private static IpValue[] Networks(params string[] texts)
    {
        var networks = new IpValue[texts.Length];
        for (var i = 0; i < texts.Length; i++)
        {
            // IPv4-compatible text is no address to IpValue, so that these two are given as bits.
            networks[i] = texts[i] switch
            {
                "::/96" => new IpValue(0, 96, true),
                _ => IpValue.TryParse(texts[i], out var network) ? network : throw new ArgumentException(texts[i], nameof(texts)),
            };
        }

        return networks;
    }
}
