using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CwmpShield.Gateway.Forwarding;

/// <summary>
/// The service account on one ACS connection: answers its challenge, then sends the credential ahead. A Digest nonce counts
/// for one connection only, because common ACSs tie it to the socket.
/// </summary>
internal sealed class AcsCredential(AcsAccount account)
{
    private AcsChallenge? challenge;
    private int nonceCount;

    /// <summary>A challenge to answer from now on.</summary>
    public void Take(AcsChallenge taken)
    {
        challenge = taken;
        nonceCount = 0;
    }

    /// <summary>A new connection: a Digest nonce of the old one is forgotten.</summary>
    public void Reset() => challenge = challenge is { IsDigest: false } ? challenge : null;

    /// <summary>The Authorization header for a POST to <paramref name="target"/>, null when nothing was asked yet.</summary>
    public string? Header(string target) => challenge switch
    {
        null => null,
        { IsDigest: false } => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{account.User}:{account.Password}")),
        { } digest => Digest(digest, target),
    };

    private string Digest(AcsChallenge digest, string target)
    {
        var count = (++nonceCount).ToString("x8", CultureInfo.InvariantCulture);
        var clientNonce = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var ha1 = Hash(digest, $"{account.User}:{digest.Realm}:{account.Password}");
        var ha2 = Hash(digest, $"POST:{target}");
        var response = digest.HasQop
            ? Hash(digest, $"{ha1}:{digest.Nonce}:{count}:{clientNonce}:auth:{ha2}")
            : Hash(digest, $"{ha1}:{digest.Nonce}:{ha2}");
        var header = new StringBuilder("Digest ")
            .Append("username=\"").Append(Quoted(account.User)).Append("\", realm=\"").Append(digest.Realm)
            .Append("\", nonce=\"").Append(digest.Nonce).Append("\", uri=\"").Append(target)
            .Append("\", response=\"").Append(response).Append('"');
        if (digest.HasQop)
        {
            header.Append(", qop=auth, nc=").Append(count).Append(", cnonce=\"").Append(clientNonce).Append('"');
        }

        if (digest.Algorithm is not null)
        {
            header.Append(", algorithm=").Append(digest.Algorithm);
        }

        if (digest.Opaque is not null)
        {
            header.Append(", opaque=\"").Append(digest.Opaque).Append('"');
        }

        return header.ToString();
    }

    private static string Quoted(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);

#pragma warning disable CA5351 // MD5 is what ACSs ask for (RFC 7616 keeps it for them); the ACS chooses, and SHA-256 is preferred.
    private static string Hash(AcsChallenge digest, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return Convert.ToHexStringLower(string.Equals(digest.Algorithm, "SHA-256", StringComparison.Ordinal) ? SHA256.HashData(bytes) : MD5.HashData(bytes));
    }
#pragma warning restore CA5351
}

/// <summary>How the gateway logs in at the ACS. Printing it shows no secret.</summary>
/// <param name="User">User name.</param>
/// <param name="Password">Password.</param>
internal sealed record AcsAccount(string User, string Password)
{
    /// <summary>The user, and nothing else.</summary>
    public override string ToString() => User;
}
