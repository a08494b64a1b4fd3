using System.Runtime.InteropServices;
using CwmpShield.Core.Identity.Limits;

namespace CwmpShield.Core.Identity.Impersonation;

/// <summary>Where from and with which key each device was last here, having proven itself. Times are ticks of a clock that never goes back.</summary>
/// <param name="capacity">Devices at one time; who was here longest ago is forgotten first.</param>
/// <param name="atOnce">Within which time two networks are two places.</param>
/// <param name="keyLife">Within which time a key that was replaced may not come back.</param>
internal sealed class DeviceTrail(int capacity, TimeSpan atOnce, TimeSpan keyLife)
{
    private readonly BoundedTable<Entry> table = new(capacity);

    /// <summary>Places in use.</summary>
    public int Used => table.Used;

    /// <summary>Notes that a device is here; what is odd about it.</summary>
    /// <param name="device">Number of the device.</param>
    /// <param name="isIpv6">The two families of addresses are two trails: a dual-stack device uses both.</param>
    /// <param name="network">Number of the network that it comes from, 0 where that tells of no place.</param>
    /// <param name="key">Number of its certificate key, 0 for none.</param>
    /// <param name="now">The time.</param>
    public Signal Here(ulong device, bool isIpv6, ulong network, ulong key, long now)
    {
        var part = table.PartOf(device);
        lock (part.Sync)
        {
            ref var entry = ref part.Take(device);
            entry.Last = now;
            ref var place = ref isIpv6 ? ref entry.Ipv6 : ref entry.Ipv4;
            var isElsewhere = network != 0 && place.Network != 0 && place.Network != network;
            var signals = isElsewhere && now - place.At <= atOnce.Ticks ? Signal.TwoNetworks : Signal.None;
            place = network != 0 ? (network, now) : place;
            return key == 0 ? signals : signals | entry.Show(key, now, keyLife.Ticks);
        }
    }

    [StructLayout(LayoutKind.Auto)]
    private struct Entry : ITableEntry
    {
        private ulong key;
        private ulong keyBefore;
        private long keyChanged;

        public (ulong Network, long At) Ipv4;

        public (ulong Network, long At) Ipv6;

        public long Last;

        public ulong Id { get; set; }

        public readonly long Until => Last;

        /// <summary>A renewal takes a key's place once; the old one beside it again is a second device.</summary>
        public Signal Show(ulong shown, long now, long life)
        {
            if (shown == key)
            {
                return Signal.None;
            }

            var isBack = shown == keyBefore && now - keyChanged <= life;
            (keyBefore, key, keyChanged) = (key, shown, now);
            return isBack ? Signal.TwoKeys : Signal.None;
        }
    }
}
