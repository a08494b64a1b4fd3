using System.Security.Cryptography;

namespace CwmpShield.Core.Identity;

/// <summary>A device's login secret as the registry gives it out. Printing one shows nothing.</summary>
public abstract class StoredSecret
{
    private StoredSecret()
    {
    }

    /// <inheritdoc/>
    public override string ToString() => "(secret)";

    /// <summary>The password itself: it serves Basic, and Digest in any realm and algorithm.</summary>
    /// <param name="utf8">UTF-8 bytes of the password.</param>
    public sealed class Password(byte[] utf8) : StoredSecret
    {
        /// <summary>UTF-8 bytes of the password.</summary>
        public ReadOnlyMemory<byte> Utf8 { get; } = utf8;
    }

    /// <summary>H(user:realm:password) of RFC 7616 3.4.2: it serves one user, realm and algorithm.</summary>
    /// <param name="algorithm">Hash that made it.</param>
    /// <param name="realm">Realm that it was made for.</param>
    /// <param name="hash">Its bytes.</param>
    public sealed class Ha1(DigestHash algorithm, string realm, byte[] hash) : StoredSecret
    {
        /// <summary>Hash that made it.</summary>
        public DigestHash Algorithm { get; } = algorithm;

        /// <summary>Realm that it was made for.</summary>
        public string Realm { get; } = realm;

        /// <summary>Its bytes.</summary>
        public ReadOnlyMemory<byte> Hash { get; } = hash;
    }

    /// <summary>HMAC-SHA-256 of the password under a key of the store's: it serves Basic alone, and the password cannot be had from it.</summary>
    /// <param name="key">Key, made for this device.</param>
    /// <param name="hash">Its 32 bytes.</param>
    public sealed class Verifier(byte[] key, byte[] hash) : StoredSecret
    {
        /// <summary>Key, made for this device.</summary>
        public ReadOnlyMemory<byte> Key { get; } = key;

        /// <summary>Its 32 bytes.</summary>
        public ReadOnlyMemory<byte> Hash { get; } = hash;

        /// <summary>The verifier of a password (UTF-8).</summary>
        public static Verifier Of(byte[] key, ReadOnlySpan<byte> password) => new(key, HMACSHA256.HashData(key, password));
    }
}

/// <summary>Hash function of a Digest algorithm, with or without <c>-sess</c>.</summary>
public enum DigestHash
{
    /// <summary>MD5, what devices know.</summary>
    Md5 = 0,

    /// <summary>SHA-256.</summary>
    Sha256,
}
