using System.Net;

namespace CwmpShield.Core.Identity.Limits;

/// <summary>What <see cref="PartyLimits"/> holds everybody to.</summary>
public sealed record LimitSettings
{
    /// <summary>The time that the figures are for. The default value is 5 minutes.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>What one address may use without proof (IPv6: one /64).</summary>
    public required LimitFigures Address { get; init; }

    /// <summary>What one proven device may use.</summary>
    public required LimitFigures Device { get; init; }

    /// <summary>Networks whose addresses have figures of their own, the first that contains an address counts.</summary>
    public IReadOnlyList<LimitPool> Pools { get; init; } = [];

    /// <summary>How long an address is remembered as one that a device has logged in from. The default value is 8 days.</summary>
    public TimeSpan Familiarity { get; init; } = TimeSpan.FromDays(8);

    /// <summary>Entries of each table. The default value is 1,048,576: 16 MiB each when full.</summary>
    public int Entries { get; init; } = 1 << 20;
}

/// <summary>Addresses with figures of their own: a pool that many subscribers share.</summary>
/// <param name="Networks">The networks.</param>
/// <param name="Figures">What one address of them may use.</param>
public sealed record LimitPool(IReadOnlyList<IPNetwork> Networks, LimitFigures Figures)
{
    /// <summary>Whether <paramref name="address"/> is in it.</summary>
    public bool Contains(IPAddress address)
    {
        for (var i = 0; i < Networks.Count; i++)
        {
            if (Networks[i].Contains(address))
            {
                return true;
            }
        }

        return false;
    }
}
