using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using CwmpShield.Core.Identity;

namespace CwmpShield.Core.Firmware;

/// <summary>Which devices a ring takes.</summary>
public static class RingShare
{
    private const uint Parts = 10_000;

    /// <summary>Whether the device is in the ring: by one of its groups, or because it is among the ring's share of all devices.</summary>
    public static bool Takes(RolloutRing ring, string artefact, DeviceTraits device)
    {
        ArgumentNullException.ThrowIfNull(ring);
        ArgumentNullException.ThrowIfNull(device);
        return device.Device is { } id
            && (device.Groups.Any(group => ring.Groups.Contains(group, StringComparer.Ordinal)) || PlaceOf(artefact, id.ToString()) < ring.Percent * (Parts / 100));
    }

    /// <summary>
    /// Place of a device in the order in which an artefact reaches devices, 0 to 9,999: always the same for both, and another one for
    /// every artefact, so that it is not always the same devices that go first.
    /// </summary>
    private static uint PlaceOf(string artefact, string device)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{artefact}\n{device}"), hash);
        return (uint)(BinaryPrimitives.ReadUInt64BigEndian(hash) % Parts);
    }
}
