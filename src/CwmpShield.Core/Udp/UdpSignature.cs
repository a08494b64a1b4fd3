using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CwmpShield.Core.Udp;

/// <summary>
/// The signature of TR-069 Annex G.2.2.3: HMAC-SHA1 over the values of ts, id, un and cn, one behind the other with nothing
/// between them, keyed with the device's ConnectionRequestPassword.
/// </summary>
public static class UdpSignature
{
    /// <summary>Bytes of a signature.</summary>
    public const int Length = HMACSHA1.HashSizeInBytes;

    /// <summary>The signature of the four values under <paramref name="key"/>.</summary>
    [SuppressMessage("Security", "CA5350:Do Not Use Weak Cryptographic Algorithms", Justification = "Annex G knows no other.")]
    public static byte[] Compute(long timestamp, string id, string user, string nonce, ReadOnlySpan<byte> key) => HMACSHA1.HashData(
        key, Encoding.UTF8.GetBytes(string.Concat(timestamp.ToString(CultureInfo.InvariantCulture), id, user, nonce)));

    /// <summary>Whether <paramref name="request"/> was signed with <paramref name="key"/>; an empty key signs nothing.</summary>
    public static bool Verify(UdpConnectionRequest request, ReadOnlySpan<byte> key) =>
        CryptographicOperations.FixedTimeEquals(Compute(request.Timestamp, request.Id, request.User, request.Nonce, key), request.Signature.Span)
        && key.Length > 0;
}
