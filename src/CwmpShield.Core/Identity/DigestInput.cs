using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace CwmpShield.Core.Identity;

/// <summary>The hash H over texts joined by colons, as every formula of RFC 7616 3.4 is built.</summary>
internal static class DigestInput
{
    /// <summary>H of <paramref name="parts"/> joined by colons, each as UTF-8.</summary>
    public static byte[] Hash(DigestHash hash, params ReadOnlySpan<string> parts) => Hash(hash, parts, default, hasTail: false);

    /// <summary>H of <c>user:realm:password</c>.</summary>
    public static byte[] Hash(DigestHash hash, string user, string realm, ReadOnlySpan<byte> password) =>
        Hash(hash, [user, realm], password, hasTail: true);

    [SuppressMessage("Security", "CA5351", Justification = "RFC 7616: MD5 is what devices speak; the nonce is signed and counted.")]
    private static byte[] Hash(DigestHash hash, ReadOnlySpan<string> parts, ReadOnlySpan<byte> tail, bool hasTail)
    {
        var size = tail.Length + parts.Length;
        foreach (var part in parts)
        {
            size += Encoding.UTF8.GetMaxByteCount(part.Length);
        }

        var input = size <= 1024 ? stackalloc byte[1024] : new byte[size];
        var length = 0;
        for (var i = 0; i < parts.Length; i++)
        {
            length += Encoding.UTF8.GetBytes(parts[i], input[length..]);
            if (i < parts.Length - 1 || hasTail)
            {
                input[length++] = (byte)':';
            }
        }

        tail.CopyTo(input[length..]);
        length += tail.Length;
        var result = hash == DigestHash.Sha256 ? SHA256.HashData(input[..length]) : MD5.HashData(input[..length]);
        CryptographicOperations.ZeroMemory(input[..length]);
        return result;
    }
}
