using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;

namespace CwmpShield.Gateway.Listening;

/// <summary>Inflates a body that is in memory. The bound is known before the first byte: the compressed length times the ratio.</summary>
internal static class BodyInflater
{
    /// <summary>The inflated body; <paramref name="compressed"/> stays its holder's.</summary>
    public static BodyReadResult Inflate(BufferedBody compressed, BodyCoding coding, BodyBounds bounds, BufferBudget budget)
    {
        var byRatio = (long)compressed.Length * bounds.MaxInflateRatio;
        var limit = (int)Math.Min(bounds.MaxBytes, byRatio);
        var tooMuch = byRatio < bounds.MaxBytes ? ListeningReason.BodyInflateRatio : ListeningReason.BodyTooLarge;
        var body = new BufferedBody(budget);
        var refusal = Fill(body, compressed.Bytes, coding, limit, tooMuch);
        if (refusal is null)
        {
            return BodyReadResult.Read(body);
        }

        body.Dispose();
        return refusal.Value;
    }

    private static BodyReadResult? Fill(BufferedBody body, ReadOnlyMemory<byte> compressed, BodyCoding coding, int limit, string tooMuch)
    {
        try
        {
            using var inflated = Open(compressed, coding);
            while (true)
            {
                if (!body.TryGetRoom(out var room))
                {
                    return BodyReadResult.Refused(503, ListeningReason.BufferBudget);
                }

                var read = inflated.Read(room.Span);
                body.Advance(read);
                if (body.Length > limit)
                {
                    return BodyReadResult.Refused(413, tooMuch);
                }

                if (read == 0)
                {
                    return IsWhole(body, compressed.Span, coding) ? null : Broken;
                }
            }
        }
        catch (InvalidDataException)
        {
            return Broken;
        }
    }

    private static BodyReadResult Broken => BodyReadResult.Refused(400, ListeningReason.BodyCodingBroken);

    private static Stream Open(ReadOnlyMemory<byte> compressed, BodyCoding coding)
    {
        MemoryMarshal.TryGetArray(compressed, out var bytes);
        var source = new MemoryStream(bytes.Array ?? [], bytes.Offset, bytes.Count, writable: false);
        return coding switch
        {
            BodyCoding.Gzip => new GZipStream(source, CompressionMode.Decompress),
            _ when IsZlib(compressed.Span) => new ZLibStream(source, CompressionMode.Decompress),
            _ => new DeflateStream(source, CompressionMode.Decompress),
        };
    }

    /// <summary>RFC 1950 2.2: method 8, and a header that is a multiple of 31.</summary>
    private static bool IsZlib(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= 2 && (bytes[0] & 0x0F) == 8 && BinaryPrimitives.ReadUInt16BigEndian(bytes) % 31 == 0;

    /// <summary>
    /// GZipStream takes the end of its input for the end of the data: the length that closes every gzip member
    /// (RFC 1952 2.3.1) tells a whole body from one that was cut off or carries more behind it.
    /// </summary>
    private static bool IsWhole(BufferedBody body, ReadOnlySpan<byte> compressed, BodyCoding coding) =>
        coding != BodyCoding.Gzip
        || (compressed.Length >= 18 && BinaryPrimitives.ReadUInt32LittleEndian(compressed[^4..]) == (uint)body.Length);
}
