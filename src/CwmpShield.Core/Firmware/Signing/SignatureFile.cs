using System.Buffers.Text;
using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Text;

namespace CwmpShield.Core.Firmware.Signing;

/// <summary>What form a detached signature has.</summary>
public enum SignatureForm
{
    /// <summary>None that is known.</summary>
    Unknown = 0,

    /// <summary>CMS/PKCS#7 SignedData.</summary>
    Cms,

    /// <summary>The bare signature, as <c>openssl dgst -sign</c> and <c>cosign sign-blob --key</c> make it.</summary>
    Raw,
}

/// <summary>Brings a signature file into one form: PEM and base64 are decoded, then the bytes say what they are.</summary>
public static class SignatureFile
{
    /// <summary>Bytes of the largest signature file: 64 KiB.</summary>
    public const int MaxBytes = 64 << 10;

    private const string SignedData = "1.2.840.113549.1.7.2";
    private const int LeastRaw = 8;
    private const int MostRaw = 1024;

    /// <summary>The form and the bytes of the signature itself.</summary>
    public static (SignatureForm Form, byte[] Bytes) Read(ReadOnlySpan<byte> file)
    {
        if (file.Length is 0 or > MaxBytes)
        {
            return (SignatureForm.Unknown, []);
        }

        var bytes = Decoded(file);
        return IsCms(bytes) ? (SignatureForm.Cms, bytes)
            : bytes.Length is >= LeastRaw and <= MostRaw ? (SignatureForm.Raw, bytes)
            : (SignatureForm.Unknown, []);
    }

    private static byte[] Decoded(ReadOnlySpan<byte> file)
    {
        if (Ascii.IsValid(file))
        {
            var text = Encoding.ASCII.GetString(file);
            if (PemEncoding.TryFind(text, out var fields) && text[fields.Label] is "CMS" or "PKCS7")
            {
                return Convert.FromBase64String(text[fields.Base64Data]);
            }

            if (Base64.IsValid(text))
            {
                return Convert.FromBase64String(text);
            }
        }

        return file.ToArray();
    }

    private static bool IsCms(byte[] bytes)
    {
        try
        {
            return new AsnReader(bytes, AsnEncodingRules.BER).ReadSequence().ReadObjectIdentifier() == SignedData;
        }
        catch (AsnContentException)
        {
            return false;
        }
    }
}
