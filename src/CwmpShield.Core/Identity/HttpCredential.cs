namespace CwmpShield.Core.Identity;

/// <summary>What an Authorization header carries, well-formed and not yet verified. Closed; printing one shows nothing.</summary>
public abstract class HttpCredential
{
    private HttpCredential(string user) => User = user;

    /// <summary>The user as sent, decoded.</summary>
    public string User { get; }

    /// <inheritdoc/>
    public override string ToString() => "(credential)";

    /// <summary>Basic (RFC 7617).</summary>
    /// <param name="user">Text before the first colon.</param>
    /// <param name="password">UTF-8 bytes after it, maybe none.</param>
    public sealed class Basic(string user, byte[] password) : HttpCredential(user)
    {
        /// <summary>UTF-8 bytes of the password.</summary>
        public ReadOnlyMemory<byte> Password { get; } = password;
    }

    /// <summary>Digest with <c>qop=auth</c> (RFC 7616). Texts stand as sent, because the response is a hash over them.</summary>
    /// <param name="user">username.</param>
    public sealed class Digest(string user) : HttpCredential(user)
    {
        /// <summary>Hash of the algorithm; MD5 when none is named.</summary>
        public required DigestHash Hash { get; init; }

        /// <summary>Whether the algorithm is the <c>-sess</c> form.</summary>
        public required bool IsSession { get; init; }

        /// <summary>realm.</summary>
        public required string Realm { get; init; }

        /// <summary>nonce.</summary>
        public required string Nonce { get; init; }

        /// <summary>uri.</summary>
        public required string Uri { get; init; }

        /// <summary>cnonce, at least one character.</summary>
        public required string ClientNonce { get; init; }

        /// <summary>nc as sent: eight hexadecimal digits.</summary>
        public required string CountText { get; init; }

        /// <summary>nc as a number, 1 or more.</summary>
        public required uint Count { get; init; }

        /// <summary>response: 16 bytes (MD5) or 32 (SHA-256).</summary>
        public required ReadOnlyMemory<byte> Response { get; init; }
    }
}
