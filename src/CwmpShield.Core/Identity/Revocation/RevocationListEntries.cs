using System.Formats.Asn1;

namespace CwmpShield.Core.Identity.Revocation;

/// <summary>Reads revokedCertificates (RFC 5280, 5.1.2.6) without an object per entry: there may be a million.</summary>
internal static class RevocationListEntries
{
    private const int UsualEntryOctets = 36;
    private static ReadOnlySpan<byte> CertificateIssuer => [0x06, 0x03, 0x55, 0x1D, 0x1D];

    /// <summary>
    /// The serial numbers; an empty word, or why the list cannot be used. Throws <see cref="AsnContentException"/> for
    /// anything else than entries.
    /// </summary>
    public static string Read(ReadOnlySpan<byte> encoded, out CertificateSerial[] serials)
    {
        serials = [];
        if (encoded.IsEmpty)
        {
            return "";
        }

        var entries = Content(encoded, Asn1Tag.Sequence, out _);
        var found = new List<CertificateSerial>(entries.Length / UsualEntryOctets);
        while (!entries.IsEmpty)
        {
            var entry = Content(entries, Asn1Tag.Sequence, out var taken);
            entries = entries[taken..];
            if (ReadEntry(entry, out var serial) is { Length: > 0 } reason)
            {
                return reason;
            }

            found.Add(serial);
        }

        serials = [.. found];
        return "";
    }

    private static string ReadEntry(ReadOnlySpan<byte> entry, out CertificateSerial serial)
    {
        if (!CertificateSerial.TryRead(AsnDecoder.ReadIntegerBytes(entry, AsnEncodingRules.DER, out var taken), out serial))
        {
            return RevocationReason.CrlUnreadable;
        }

        // A certificate that is listed is revoked, whatever the date: clocks differ.
        entry = entry[taken..];
        var date = AsnDecoder.ReadEncodedValue(entry, AsnEncodingRules.DER, out _, out _, out taken);
        if (date != Asn1Tag.UtcTime && date != Asn1Tag.GeneralizedTime)
        {
            return RevocationReason.CrlUnreadable;
        }

        return entry[taken..] is { IsEmpty: false } extensions ? JudgeExtensions(extensions) : "";
    }

    /// <summary>Reason and invalidity date add nothing to the verdict; a critical extension changes what the entry says.</summary>
    private static string JudgeExtensions(ReadOnlySpan<byte> encoded)
    {
        var extensions = Content(encoded, Asn1Tag.Sequence, out var taken);
        if (taken != encoded.Length)
        {
            return RevocationReason.CrlUnreadable;
        }

        while (!extensions.IsEmpty)
        {
            var extension = Content(extensions, Asn1Tag.Sequence, out taken);
            extensions = extensions[taken..];
            if (extension.StartsWith(CertificateIssuer))
            {
                return RevocationReason.CrlIndirect;
            }

            _ = AsnDecoder.ReadEncodedValue(extension, AsnEncodingRules.DER, out _, out _, out taken);
            if (Asn1Tag.TryDecode(extension[taken..], out var tag, out _) && tag == Asn1Tag.Boolean
                && AsnDecoder.ReadBoolean(extension[taken..], AsnEncodingRules.DER, out _))
            {
                return RevocationReason.CrlCriticalExtension;
            }
        }

        return "";
    }

    private static ReadOnlySpan<byte> Content(ReadOnlySpan<byte> source, Asn1Tag tag, out int taken)
    {
        AsnDecoder.ReadSequence(source, AsnEncodingRules.DER, out var offset, out var length, out taken, tag);
        return source.Slice(offset, length);
    }
}
