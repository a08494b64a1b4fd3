using System.Buffers.Text;
using System.Security.Cryptography;

namespace CwmpShield.Core.Identity.Revocation;

/// <summary>Finds the lists in a file: one in DER, or any number in PEM among other things.</summary>
public static class RevocationListFile
{
    private const byte Sequence = 0x30;
    private static ReadOnlySpan<byte> Label => "X509 CRL"u8;

    /// <summary>DER of every list, in order; none when the file holds none.</summary>
    public static IReadOnlyList<ReadOnlyMemory<byte>> Split(ReadOnlyMemory<byte> content)
    {
        var lists = new List<ReadOnlyMemory<byte>>();
        if (content.Span is [Sequence, ..])
        {
            lists.Add(content);
            return lists;
        }

        var rest = content.Span;
        while (PemEncoding.TryFindUtf8(rest, out var fields))
        {
            if (rest[fields.Label].SequenceEqual(Label))
            {
                var der = new byte[fields.DecodedDataLength];
                Base64.DecodeFromUtf8(rest[fields.Base64Data], der, out _, out var written);
                lists.Add(der.AsMemory(0, written));
            }

            rest = rest[fields.Location.End..];
        }

        return lists;
    }
}
