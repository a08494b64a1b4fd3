using System.Globalization;
using System.Text;

namespace CwmpShield.Core.Identity;

/// <summary>
/// Reads the value of an Authorization header: Basic (RFC 7617) or Digest with qop=auth (RFC 7616). Strict where two readings are
/// possible (repeated parameters, trailing text), lenient where devices differ and meaning does not (quoted or bare tokens).
/// </summary>
public static class AuthorizationReader
{
    /// <summary>Longest value that is looked at, in characters.</summary>
    public const int MaxLength = 8192;

    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>Reads <paramref name="value"/>; on false <paramref name="reason"/> is an <see cref="IdentityReason"/>.</summary>
    public static bool TryRead(string value, out HttpCredential? credential, out string reason)
    {
        credential = null;
        reason = IdentityReason.CredentialMalformed;
        var space = value.IndexOf(' ', StringComparison.Ordinal);
        if (value.Length > MaxLength || space <= 0)
        {
            return false;
        }

        var scheme = value.AsSpan(0, space);
        if (scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase))
        {
            return TryReadBasic(value.AsSpan(space).Trim(' '), out credential);
        }

        if (scheme.Equals("Digest", StringComparison.OrdinalIgnoreCase))
        {
            return AuthParameters.TryRead(value.AsSpan(space), out var parameters) && TryReadDigest(parameters, out credential, ref reason);
        }

        reason = IdentityReason.CredentialSchemeRefused;
        return false;
    }

    private static bool TryReadBasic(ReadOnlySpan<char> token, out HttpCredential? credential)
    {
        credential = null;
        var octets = new byte[token.Length];
        if (token.ContainsAny(" \t\r\n") || !Convert.TryFromBase64Chars(token, octets, out var length))
        {
            return false;
        }

        var colon = octets.AsSpan(0, length).IndexOf((byte)':');
        if (colon <= 0)
        {
            return false;
        }

        try
        {
            var text = StrictUtf8.GetString(octets, 0, length);
            if (!text.Any(char.IsControl))
            {
                credential = new HttpCredential.Basic(StrictUtf8.GetString(octets, 0, colon), octets[(colon + 1)..length]);
            }
        }
        catch (DecoderFallbackException)
        {
            return false;
        }

        return credential is not null;
    }

    private static bool TryReadDigest(AuthParameters given, out HttpCredential? credential, ref string reason)
    {
        credential = null;

        // A hashed or RFC 5987 user name is for servers that offered it; this one offers neither.
        if (given["username*"] is not null || string.Equals(given["userhash"], "true", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        if (!TryReadAlgorithm(given["algorithm"] ?? "MD5", out var hash, out var isSession))
        {
            reason = IdentityReason.CredentialSchemeRefused;
            return false;
        }

        // No qop is RFC 2069's digest, which lets a captured response be replayed.
        if (!string.Equals(given["qop"], "auth", StringComparison.OrdinalIgnoreCase)
            || given["username"] is not { Length: > 0 } user
            || given["realm"] is not { } realm
            || given["nonce"] is not { Length: > 0 } nonce
            || given["uri"] is not { Length: > 0 } uri
            || given["cnonce"] is not { Length: > 0 } clientNonce
            || !TryReadCount(given["nc"], out var count)
            || !TryReadResponse(given["response"], hash, out var response))
        {
            return false;
        }

        credential = new HttpCredential.Digest(user)
        {
            Hash = hash,
            IsSession = isSession,
            Realm = realm,
            Nonce = nonce,
            Uri = uri,
            ClientNonce = clientNonce,
            CountText = given["nc"]!,
            Count = count,
            Response = response,
        };
        return true;
    }

    private static bool TryReadAlgorithm(string name, out DigestHash hash, out bool isSession)
    {
        isSession = name.EndsWith("-sess", StringComparison.OrdinalIgnoreCase);
        var plain = isSession ? name[..^5] : name;
        hash = plain.Equals("SHA-256", StringComparison.OrdinalIgnoreCase) ? DigestHash.Sha256 : DigestHash.Md5;
        return hash == DigestHash.Sha256 || plain.Equals("MD5", StringComparison.OrdinalIgnoreCase);
    }

    private static bool TryReadCount(string? text, out uint count)
    {
        count = 0;
        return text is { Length: 8 }
            && uint.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out count)
            && count > 0;
    }

    private static bool TryReadResponse(string? text, DigestHash hash, out byte[] response)
    {
        response = new byte[hash == DigestHash.Sha256 ? 32 : 16];
        return text is not null
            && text.Length == response.Length * 2
            && Convert.FromHexString(text, response, out _, out _) == System.Buffers.OperationStatus.Done;
    }
}
