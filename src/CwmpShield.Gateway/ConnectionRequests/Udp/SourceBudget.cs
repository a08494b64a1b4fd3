using System.Buffers.Binary;
using System.Security.Cryptography;

namespace CwmpShield.Gateway.ConnectionRequests.Udp;

/// <summary>
/// How often a source may come, in memory of a fixed size however many sources there are: a source has one place in each of two
/// tables, found by secret hashes, and is let pass where either has room. A flood fills its own places; who shares one of them has
/// the other. Not for several threads at once.
/// </summary>
internal sealed class SourceBudget
{
    private const int Places = 1 << 15;

    private readonly long[] first = new long[Places];
    private readonly long[] second = new long[Places];
    private readonly ulong firstKey = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8)) | 1;
    private readonly ulong secondKey = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8)) | 1;
    private readonly long each;
    private readonly long atOnce;

    /// <summary>Creates a budget.</summary>
    /// <param name="perSecond">Times a second that one source may come; twice as often at once.</param>
    /// <param name="time">Its timestamps are what <see cref="TryTake"/> takes.</param>
    public SourceBudget(int perSecond, TimeProvider time)
    {
        each = Math.Max(1, time.TimestampFrequency / perSecond);
        atOnce = 2 * perSecond * each;
        Array.Fill(first, long.MinValue / 2);
        Array.Fill(second, long.MinValue / 2);
    }

    /// <summary>Takes one from the budget of <paramref name="address"/>; false when there is none left. IPv6 counts by /64.</summary>
    /// <param name="address">4 or 16 bytes.</param>
    /// <param name="now">Timestamp.</param>
    public bool TryTake(ReadOnlySpan<byte> address, long now)
    {
        var source = address.Length == 4 ? BinaryPrimitives.ReadUInt32BigEndian(address) : BinaryPrimitives.ReadUInt64BigEndian(address);
        var isFirst = TryTake(ref first[Place(source, firstKey)], now);
        var isSecond = TryTake(ref second[Place(source, secondKey)], now);
        return isFirst | isSecond;
    }

    private static int Place(ulong source, ulong key)
    {
        // Two rounds of multiply and fold: without the key nobody finds two sources of one place.
        var high = Math.BigMul(source ^ key, 0x9E3779B97F4A7C15 ^ key, out var low);
        high = Math.BigMul(high ^ low, key, out low);
        return (int)((high ^ low) & (Places - 1));
    }

    /// <summary>A place holds the time until which it is spoken for.</summary>
    private bool TryTake(ref long place, long now)
    {
        var until = Math.Max(place, now) + each;
        if (until - now > atOnce)
        {
            return false;
        }

        place = until;
        return true;
    }
}
