using System.Formats.Asn1;

namespace CwmpShield.Core.Firmware.Signing;

/// <summary>
/// Packages in the manner of TR-069 Annex E: a head, a block of PKCS#7 signatures, and the payload. The block is found by its own encoding (DER
/// SignedData within the first mebibyte) and must be a detached signature over every byte of the file but itself. Header fields and command list
/// are not read: whoever signed the bytes vouches for them. What is signed otherwise counts as not signed.
/// </summary>
public static class EmbeddedSignature
{
    /// <summary>Bytes of the largest file whose embedded signature is checked: 512 MiB.</summary>
    public const long MaxFileBytes = 512L << 20;

    private const int Window = 1 << 20;
    private const int MaxBlock = 64 << 10;
    private const int MaxTries = 16;
    private static readonly byte[] SignedDataOid = [0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x02];

    /// <summary>Pinned signers whose embedded signature covers the file; a <see cref="SignerReason"/> for each that does not count; both empty when there is no block.</summary>
    public static (IReadOnlyList<PinnedSigner> Signers, IReadOnlyList<string> Reasons) Check(byte[] file, IReadOnlyList<PinnedSigner> signers, DateTimeOffset now)
    {
        List<string> reasons = [];
        foreach (var (start, length) in Blocks(file).Take(MaxTries))
        {
            var covered = new byte[file.Length - length];
            file.AsSpan(0, start).CopyTo(covered);
            file.AsSpan(start + length).CopyTo(covered.AsSpan(start));
            var found = CmsSignature.Verify(covered, file[start..(start + length)], signers, now);
            var good = found.Where(f => f is { Signer: not null, Reason.Length: 0 }).Select(f => f.Signer!).Distinct().ToList();
            if (good.Count > 0)
            {
                return (good, []);
            }

            reasons.AddRange(found.Select(f => f.Reason));
        }

        return ([], [.. reasons.Distinct(StringComparer.Ordinal)]);
    }

    private static IEnumerable<(int Start, int Length)> Blocks(ReadOnlyMemory<byte> file)
    {
        var window = file[..Math.Min(file.Length, Window)];
        for (var from = 0; window.Span[from..].IndexOf(SignedDataOid) is >= 0 and var at; from += at + 1)
        {
            // The object identifier follows the tag and a length of one to four octets.
            for (var head = 2; head <= 5; head++)
            {
                var start = from + at - head;
                if (start >= 0 && Length(file[start..]) is { } length)
                {
                    yield return (start, length);
                }
            }
        }
    }

    private static int? Length(ReadOnlyMemory<byte> from)
    {
        try
        {
            var bounded = from[..Math.Min(from.Length, MaxBlock)];
            var reader = new AsnReader(bounded, AsnEncodingRules.DER);
            var length = reader.PeekEncodedValue().Length;
            return reader.ReadSequence().ReadObjectIdentifier() == "1.2.840.113549.1.7.2" ? length : null;
        }
        catch (AsnContentException)
        {
            return null;
        }
    }
}
