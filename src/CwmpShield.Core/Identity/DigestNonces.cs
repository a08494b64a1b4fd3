using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace CwmpShield.Core.Identity;

/// <summary>
/// Makes and recognises Digest nonces of one listener and realm. A nonce carries its own time and a signature, so that nothing is
/// remembered for a stranger who asks for one, and a device may use it on another connection (many reconnect after a 401).
/// The signing key lives as long as the process: after a restart old nonces are foreign, and devices get a new one by <c>stale</c>.
/// </summary>
public sealed class DigestNonces
{
    private const int TimeLength = 8;
    private const int RandomLength = 8;
    private const int SignatureLength = 16;
    private const int NonceLength = TimeLength + RandomLength + SignatureLength;

    private readonly byte[] key;
    private readonly byte[] scope;
    private readonly TimeSpan lifetime;
    private readonly TimeProvider time;

    /// <summary>Creates the nonces of one listener.</summary>
    /// <param name="key">Signing key, 32 random bytes of this process.</param>
    /// <param name="listener">Name of the listener that they are good for.</param>
    /// <param name="realm">Realm that they are good for.</param>
    /// <param name="lifetime">How long one is good.</param>
    /// <param name="time">Clock.</param>
    public DigestNonces(ReadOnlySpan<byte> key, string listener, string realm, TimeSpan lifetime, TimeProvider time)
    {
        this.key = key.ToArray();
        scope = SHA256.HashData(Encoding.UTF8.GetBytes($"{listener.Length}:{listener}{realm}"));
        this.lifetime = lifetime;
        this.time = time;
    }

    /// <summary>A new nonce, 64 lower-case hexadecimal digits: embedded parsers stumble over little else.</summary>
    public string Create()
    {
        Span<byte> nonce = stackalloc byte[NonceLength];
        BinaryPrimitives.WriteInt64BigEndian(nonce, time.GetUtcNow().ToUnixTimeMilliseconds());
        RandomNumberGenerator.Fill(nonce.Slice(TimeLength, RandomLength));
        Sign(nonce[..(TimeLength + RandomLength)], nonce[(TimeLength + RandomLength)..]);
        return Convert.ToHexStringLower(nonce);
    }

    /// <summary>Whether <paramref name="text"/> is a nonce of this listener and realm that is still good.</summary>
    public bool TryRead(string text, out NonceStamp stamp)
    {
        stamp = default;
        Span<byte> nonce = stackalloc byte[NonceLength];
        if (text.Length != NonceLength * 2 || Convert.FromHexString(text, nonce, out _, out _) != System.Buffers.OperationStatus.Done)
        {
            return false;
        }

        Span<byte> expected = stackalloc byte[SignatureLength];
        Sign(nonce[..(TimeLength + RandomLength)], expected);
        if (!CryptographicOperations.FixedTimeEquals(expected, nonce[(TimeLength + RandomLength)..]))
        {
            return false;
        }

        var issuedAt = BinaryPrimitives.ReadInt64BigEndian(nonce);
        var age = time.GetUtcNow().ToUnixTimeMilliseconds() - issuedAt;
        stamp = new NonceStamp(issuedAt, BinaryPrimitives.ReadUInt64BigEndian(nonce[TimeLength..]));
        return age >= 0 && age < (long)lifetime.TotalMilliseconds;
    }

    private void Sign(ReadOnlySpan<byte> content, Span<byte> signature)
    {
        Span<byte> input = stackalloc byte[SHA256.HashSizeInBytes + TimeLength + RandomLength];
        Span<byte> full = stackalloc byte[SHA256.HashSizeInBytes];
        scope.CopyTo(input);
        content.CopyTo(input[SHA256.HashSizeInBytes..]);
        HMACSHA256.HashData(key, input, full);
        full[..SignatureLength].CopyTo(signature);
    }
}

/// <summary>What tells one nonce from every other.</summary>
/// <param name="IssuedAt">When it was made, Unix milliseconds.</param>
/// <param name="Salt">Its random part.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct NonceStamp(long IssuedAt, ulong Salt);
