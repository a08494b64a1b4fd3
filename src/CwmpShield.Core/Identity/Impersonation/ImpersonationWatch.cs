using System.Net;
using System.Net.Sockets;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Identity.Limits;

namespace CwmpShield.Core.Identity.Impersonation;

/// <summary>
/// Sees who claims to be which device. What somebody does who has proven nothing stands against the address that it comes from, and
/// never against the device that is named. Pure but for its tables, whose size is fixed; the time is an argument, in ticks of a clock
/// that never goes back. Safe for threads.
/// </summary>
public sealed class ImpersonationWatch
{
    private const string Bootstrap = "0 BOOTSTRAP";
    private const byte Network = 16;

    // RFC 1918, RFC 6598, RFC 4193.
    private static readonly IPNetwork[] PrivateUse =
    [
        IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("172.16.0.0/12"), IPNetwork.Parse("192.168.0.0/16"), IPNetwork.Parse("100.64.0.0/10"), IPNetwork.Parse("fc00::/7"),
    ];

    private const byte Head = 17;
    private const byte Repeat = 18;
    private static readonly TimeSpan KeyLife = TimeSpan.FromDays(1);

    private readonly KeyedHash hash = new();
    private readonly ImpersonationSettings settings;
    private readonly CanaryList canaries;
    private readonly ClaimTable strangers;
    private readonly ClaimTable devices;
    private readonly DeviceTrail trail;
    private readonly DebtTable strangersBootstraps;
    private readonly DebtTable bootstraps;

    /// <summary>Creates empty tables.</summary>
    public ImpersonationWatch(ImpersonationSettings settings)
    {
        this.settings = settings;
        canaries = new CanaryList(settings.Canaries);
        strangers = new ClaimTable(settings.Entries, settings.SignalLife);
        devices = new ClaimTable(settings.Entries, settings.SignalLife);
        trail = new DeviceTrail(settings.Entries, settings.NetworkTime, KeyLife);
        strangersBootstraps = new DebtTable(settings.Entries);
        bootstraps = new DebtTable(settings.Entries);
    }

    /// <summary>Parties that it remembers: those that have proven nothing, and devices.</summary>
    public (int Strangers, int Devices) Usage => (strangers.Used, Math.Max(devices.Used, trail.Used));

    /// <summary>A party used a name that it did not prove. The signals that this raises anew.</summary>
    /// <param name="party">Who.</param>
    /// <param name="name">The device that the name means; null when it means none.</param>
    /// <param name="text">The name as written.</param>
    /// <param name="now">The time.</param>
    public Signal Claimed(in Party party, DeviceName? name, string text, long now) => Claimed(party, name, text, now, out _);

    /// <summary>As above; <paramref name="serials"/> is how many different serial numbers the party has tried by now, an estimate above 30.</summary>
    public Signal Claimed(in Party party, DeviceName? name, string text, long now, out int serials)
    {
        var table = TableOf(party);
        var serial = (name?.SerialNumber ?? text).AsSpan();
        var shape = SerialShape.Of(serial);
        var raised = table.Try(
            party.Id, hash.Of(serial, Head), hash.Of(serial[..shape.HeadLength], Head) ^ (ulong)serial.Length, shape.Number, party.Figures.Serials, now, out serials);
        return raised | (IsCanary(name, text) ? table.Raise(party.Id, Signal.Canary, now) : Signal.None);
    }

    /// <summary>A device that has proven itself informs. The signals that this raises anew against it.</summary>
    /// <param name="party">The device.</param>
    /// <param name="device">Its DeviceId.</param>
    /// <param name="source">Where it comes from.</param>
    /// <param name="key">SHA-256 of its certificate key, null when it showed none of its own.</param>
    /// <param name="events">The Inform's events.</param>
    /// <param name="now">The time.</param>
    public Signal Informed(in Party party, DeviceId device, IPAddress source, string? key, IReadOnlyList<string> events, long now)
    {
        var signals = trail.Here(
            party.Id, source.AddressFamily == AddressFamily.InterNetworkV6, NetworkOf(source), key is null ? 0 : hash.Of(key, Network), now);
        signals |= IsRepeated(bootstraps, party.Id, events, now) ? Signal.RepeatedBootstrap : Signal.None;
        signals |= canaries.Contains(device) ? Signal.Canary : Signal.None;
        return devices.Raise(party.Id, signals, now);
    }

    /// <summary>Somebody who has proven nothing says that <paramref name="claim"/> begins anew. The signals that this raises anew against the party.</summary>
    public Signal Bootstrapped(in Party party, ulong claim, IReadOnlyList<string> events, long now) =>
        IsRepeated(strangersBootstraps, hash.Of(party.Id, claim, Repeat), events, now)
            ? TableOf(party).Raise(party.Id, Signal.RepeatedBootstrap, now)
            : Signal.None;

    /// <summary>Raises a signal that was seen elsewhere; those that did not stand already.</summary>
    public Signal Raise(in Party party, Signal signals, long now) => TableOf(party).Raise(party.Id, signals, now);

    /// <summary>What stands against a party.</summary>
    public Signal Standing(in Party party, long now) => TableOf(party).Standing(party.Id, now);

    private ClaimTable TableOf(in Party party) => party.IsProven ? devices : strangers;

    private bool IsCanary(DeviceName? name, string text) =>
        !canaries.IsEmpty && (canaries.Contains(text) || (name is { Oui: not null } whole && canaries.Contains(new DeviceId(whole.Oui, whole.ProductClass ?? "", whole.SerialNumber))));

    private bool IsRepeated(DebtTable table, ulong id, IReadOnlyList<string> events, long now)
    {
        var span = settings.BootstrapTime.Ticks;
        return events.Contains(Bootstrap, StringComparer.Ordinal) && table.TryCharge(id, span / settings.Bootstraps, span, now) > 0;
    }

    /// <summary>
    /// The number of the place that an address belongs to: an access network, or the /16 or /32 around it. An address of private use tells of none:
    /// devices come from a walled garden first, and through one NAT or another.
    /// </summary>
    private ulong NetworkOf(IPAddress address)
    {
        for (var i = 0; i < settings.AccessNetworks.Count; i++)
        {
            var networks = settings.AccessNetworks[i];
            for (var j = 0; j < networks.Count; j++)
            {
                if (networks[j].Contains(address))
                {
                    return (ulong)i + 1;
                }
            }
        }

        foreach (var network in PrivateUse)
        {
            if (network.Contains(address))
            {
                return 0;
            }
        }

        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out var length);
        return hash.Of(bytes[..(length == 4 ? 2 : 4)], Network);
    }
}
