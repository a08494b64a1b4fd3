using System.Security.Cryptography;

namespace CwmpShield.Core.Identity;

/// <summary>Holds a credential against a stored secret. Every comparison takes the same time wherever the bytes differ.</summary>
public static class CredentialVerifier
{
    /// <summary>Whether a Basic password is the stored one.</summary>
    public static bool Verify(HttpCredential.Basic credential, StoredSecret secret) => secret switch
    {
        // Hashed first, so that the time does not tell the length.
        StoredSecret.Password password => CryptographicOperations.FixedTimeEquals(
            SHA256.HashData(credential.Password.Span),
            SHA256.HashData(password.Utf8.Span)),
        StoredSecret.Ha1 ha1 => CryptographicOperations.FixedTimeEquals(
            DigestInput.Hash(ha1.Algorithm, credential.User, ha1.Realm, credential.Password.Span),
            ha1.Hash.Span),
        StoredSecret.Verifier verifier => CryptographicOperations.FixedTimeEquals(
            HMACSHA256.HashData(verifier.Key.Span, credential.Password.Span),
            verifier.Hash.Span),
        _ => false,
    };

    /// <summary>Whether a Digest response was made with the stored secret for <paramref name="method"/> (RFC 7616 3.4.1).</summary>
    public static bool Verify(HttpCredential.Digest credential, StoredSecret secret, string method)
    {
        byte[] ha1;
        switch (secret)
        {
            case StoredSecret.Password password:
                ha1 = DigestInput.Hash(credential.Hash, credential.User, credential.Realm, password.Utf8.Span);
                break;
            case StoredSecret.Ha1 stored when stored.Algorithm == credential.Hash
                && string.Equals(stored.Realm, credential.Realm, StringComparison.Ordinal):
                ha1 = stored.Hash.ToArray();
                break;
            default:
                return false;
        }

        if (credential.IsSession)
        {
            ha1 = DigestInput.Hash(credential.Hash, Convert.ToHexStringLower(ha1), credential.Nonce, credential.ClientNonce);
        }

        var ha2 = DigestInput.Hash(credential.Hash, method, credential.Uri);
        var expected = DigestInput.Hash(
            credential.Hash,
            Convert.ToHexStringLower(ha1),
            credential.Nonce,
            credential.CountText,
            credential.ClientNonce,
            "auth",
            Convert.ToHexStringLower(ha2));
        return CryptographicOperations.FixedTimeEquals(expected, credential.Response.Span);
    }

    /// <summary>
    /// Whether Digest's <paramref name="uri"/> is the request's <paramref name="target"/>: the same text, or an absolute URL whose
    /// path and query are that text (RFC 7616 3.4 speaks of the effective request URI, and some devices write it out).
    /// </summary>
    public static bool IsTarget(string uri, string target)
    {
        if (string.Equals(uri, target, StringComparison.Ordinal))
        {
            return true;
        }

        var rest = uri.StartsWith("https://", StringComparison.OrdinalIgnoreCase) ? uri.AsSpan(8)
            : uri.StartsWith("http://", StringComparison.OrdinalIgnoreCase) ? uri.AsSpan(7)
            : default;
        if (rest.IsEmpty)
        {
            return false;
        }

        var path = rest.IndexOfAny('/', '?');
        return path < 0 ? string.Equals(target, "/", StringComparison.Ordinal) : path > 0 && rest[path..].SequenceEqual(target);
    }
}
