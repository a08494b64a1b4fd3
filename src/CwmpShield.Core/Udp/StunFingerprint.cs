namespace CwmpShield.Core.Udp;

/// <summary>FINGERPRINT (RFC 5389 15.5): CRC-32 of the message before it, exclusive or 0x5354554E.</summary>
public static class StunFingerprint
{
    /// <summary>Bytes of the value.</summary>
    public const int Length = 4;

    private const uint Mask = 0x5354554E;
    private const uint Polynomial = 0xEDB88320;

    private static readonly uint[] Table = MakeTable();

    /// <summary>The value for a message whose length field already counts the attribute.</summary>
    public static uint Compute(ReadOnlySpan<byte> message)
    {
        var crc = uint.MaxValue;
        foreach (var octet in message)
        {
            crc = Table[(byte)(crc ^ octet)] ^ (crc >> 8);
        }

        return ~crc ^ Mask;
    }

    private static uint[] MakeTable()
    {
        var table = new uint[256];
        for (uint i = 0; i < table.Length; i++)
        {
            var value = i;
            for (var bit = 0; bit < 8; bit++)
            {
                value = (value & 1) != 0 ? (value >> 1) ^ Polynomial : value >> 1;
            }

            table[i] = value;
        }

        return table;
    }
}
