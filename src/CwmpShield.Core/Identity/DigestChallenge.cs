namespace CwmpShield.Core.Identity;

/// <summary>Values of WWW-Authenticate. One challenge each: devices use the first that they meet and no other.</summary>
public static class DigestChallenge
{
    /// <summary>A Digest challenge with <c>qop="auth"</c> (RFC 7616 3.3).</summary>
    /// <param name="hash">Algorithm that is offered.</param>
    /// <param name="realm">Realm.</param>
    /// <param name="nonce">A fresh nonce.</param>
    /// <param name="stale">Whether the last credential was good but for its nonce: the device tries again by itself.</param>
    public static string Digest(DigestHash hash, string realm, string nonce, bool stale)
    {
        var algorithm = hash == DigestHash.Sha256 ? "SHA-256" : "MD5";
        return $"Digest realm={Quoted(realm)}, qop=\"auth\", nonce=\"{nonce}\", algorithm={algorithm}{(stale ? ", stale=true" : "")}";
    }

    /// <summary>A Basic challenge (RFC 7617 2).</summary>
    public static string Basic(string realm) => $"Basic realm={Quoted(realm)}";

    private static string Quoted(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
