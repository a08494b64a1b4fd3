using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CwmpShield.Core.Identity;
using CwmpShield.Core.Identity.Rotation;

namespace CwmpShield.Gateway.Forwarding;

/// <summary>
/// One log-in on one ACS connection: answers its challenge, then sends the credential ahead. A Digest nonce counts for one connection
/// only, because common ACSs tie it to the socket.
/// </summary>
internal sealed class AcsCredential(AcsAccount account)
{
    private AcsChallenge? challenge;
    private int nonceCount;

    /// <summary>Whose it is.</summary>
    public AcsAccount Account => account;

    /// <summary>Whether the log-in was sent as Basic: there is no use in sending the same again.</summary>
    public bool IsSpentOn(AcsChallenge asked) => challenge is { IsDigest: false } && !asked.IsDigest;

    /// <summary>A challenge to answer from now on; false where what is known of the secret cannot answer it.</summary>
    public bool TryTake(AcsChallenge taken)
    {
        var canAnswer = account.Secret switch
        {
            // A header holds ASCII: a user that is none cannot be said in Digest.
            _ when taken.IsDigest && !account.User.All(c => c is >= ' ' and < '\x7f') => false,
            StoredSecret.Password => true,
            StoredSecret.Ha1 ha1 => taken.IsDigest && string.Equals(ha1.Realm, taken.Realm, StringComparison.Ordinal) && ha1.Algorithm == Algorithm(taken),
            _ => false,
        };
        if (canAnswer)
        {
            challenge = taken;
            nonceCount = 0;
        }

        return canAnswer;
    }

    /// <summary>A new connection: a Digest nonce of the old one is forgotten.</summary>
    public void Reset() => challenge = challenge is { IsDigest: false } ? challenge : null;

    /// <summary>The Authorization header for a POST to <paramref name="target"/>, null when nothing was asked yet.</summary>
    public string? Header(string target) => challenge switch
    {
        null => null,
        { IsDigest: false } => "Basic " + Convert.ToBase64String([.. Encoding.UTF8.GetBytes(account.User + ":"), .. ((StoredSecret.Password)account.Secret).Utf8.Span]),
        { } digest => Digest(digest, target),
    };

    private static DigestHash Algorithm(AcsChallenge digest) =>
        string.Equals(digest.Algorithm, "SHA-256", StringComparison.Ordinal) ? DigestHash.Sha256 : DigestHash.Md5;

    private string Ha1(AcsChallenge digest) => account.Secret is StoredSecret.Ha1 known
        ? Convert.ToHexStringLower(known.Hash.Span)
        : Hash(digest, [.. Encoding.UTF8.GetBytes($"{account.User}:{digest.Realm}:"), .. ((StoredSecret.Password)account.Secret).Utf8.Span]);

    private string Digest(AcsChallenge digest, string target)
    {
        var count = (++nonceCount).ToString("x8", CultureInfo.InvariantCulture);
        var clientNonce = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var ha1 = Ha1(digest);
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

    private static string Hash(AcsChallenge digest, string text) => Hash(digest, Encoding.UTF8.GetBytes(text));

#pragma warning disable CA5351 // MD5 is what ACSs ask for (RFC 7616 keeps it for them); the ACS chooses, and SHA-256 is preferred.
    private static string Hash(AcsChallenge digest, byte[] bytes) =>
        Convert.ToHexStringLower(Algorithm(digest) == DigestHash.Sha256 ? SHA256.HashData(bytes) : MD5.HashData(bytes));
#pragma warning restore CA5351
}

/// <summary>Who may be logged in as, in the order in which it is tried; asked anew at each challenge, because a rotation changes it in mid-session.</summary>
internal delegate ValueTask<IReadOnlyList<AcsAccount>> AcsAccounts();

/// <summary>A user at the ACS with its secret. Printing it shows no secret.</summary>
/// <param name="User">User name.</param>
/// <param name="Secret">Secret.</param>
internal sealed record AcsAccount(string User, StoredSecret Secret)
{
    /// <summary>Whether both are one user with one secret.</summary>
    public bool IsSame(AcsAccount other) => new DeviceCredential(User, Secret).IsSame(new DeviceCredential(other.User, other.Secret));

    /// <summary>The user, and nothing else.</summary>
    public override string ToString() => User;
}
