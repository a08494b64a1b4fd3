using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace CwmpShield.Core.Identity.Revocation;

/// <summary>An authority by its distinguished name: SHA-256 of the name's DER. Serial numbers are unique under it.</summary>
/// <param name="High">First half of the hash.</param>
/// <param name="Low">Second half.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct IssuerName(UInt128 High, UInt128 Low)
{
    /// <summary>The authority whose name has this encoding.</summary>
    public static IssuerName Of(ReadOnlySpan<byte> name)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(name, hash);
        return new(BinaryPrimitives.ReadUInt128BigEndian(hash), BinaryPrimitives.ReadUInt128BigEndian(hash[16..]));
    }
}
