using System.Text;
using CwmpShield.Core.Identity;

namespace CwmpShield.Core.ConnectionRequests;

/// <summary>What a device asks a caller to prove himself with, and the answer to it. Closed.</summary>
public abstract record DeviceChallenge
{
    private DeviceChallenge()
    {
    }

    /// <summary>The value of the Authorization header; null where the stored secret cannot answer (a hash of another realm).</summary>
    /// <param name="user">Connection-request user.</param>
    /// <param name="secret">Its secret.</param>
    /// <param name="target">Request target.</param>
    /// <param name="clientNonce">A fresh client nonce, hexadecimal digits.</param>
    public abstract string? Answer(string user, StoredSecret secret, string target, string clientNonce);

    /// <summary>Basic (RFC 7617): the password in clear.</summary>
    public sealed record Basic : DeviceChallenge
    {
        /// <inheritdoc/>
        public override string? Answer(string user, StoredSecret secret, string target, string clientNonce) =>
            secret is StoredSecret.Password password && !user.Contains(':', StringComparison.Ordinal)
                ? "Basic " + Convert.ToBase64String([.. Encoding.UTF8.GetBytes(user), (byte)':', .. password.Utf8.Span])
                : null;
    }

    /// <summary>Digest (RFC 7616), with <c>qop=auth</c> or, where a device offers none, as RFC 2069 had it.</summary>
    /// <param name="Realm">realm.</param>
    /// <param name="Nonce">nonce.</param>
    /// <param name="Opaque">opaque, null when there is none.</param>
    /// <param name="Hash">Hash of the algorithm.</param>
    /// <param name="AlgorithmText">algorithm as the device wrote it, null when it wrote none.</param>
    /// <param name="HasQop">Whether the device offers <c>auth</c>.</param>
    /// <param name="IsStale">Whether the last answer was good but for its nonce.</param>
    public sealed record Digest(string Realm, string Nonce, string? Opaque, DigestHash Hash, string? AlgorithmText, bool HasQop, bool IsStale) : DeviceChallenge
    {
        private const string Count = "00000001";

        private bool IsSession => AlgorithmText?.EndsWith("-sess", StringComparison.OrdinalIgnoreCase) == true;

        /// <inheritdoc/>
        public override string? Answer(string user, StoredSecret secret, string target, string clientNonce)
        {
            if (FirstHash(user, secret) is not { } ha1)
            {
                return null;
            }

            if (IsSession)
            {
                ha1 = Convert.ToHexStringLower(DigestInput.Hash(Hash, ha1, Nonce, clientNonce));
            }

            var ha2 = Convert.ToHexStringLower(DigestInput.Hash(Hash, "GET", target));
            var response = HasQop
                ? DigestInput.Hash(Hash, ha1, Nonce, Count, clientNonce, "auth", ha2)
                : DigestInput.Hash(Hash, ha1, Nonce, ha2);
            var text = new StringBuilder(512).Append("Digest ");
            Append(text, "username", user);
            Append(text.Append(", "), "realm", Realm);
            Append(text.Append(", "), "nonce", Nonce);
            Append(text.Append(", "), "uri", target);
            Append(text.Append(", "), "response", Convert.ToHexStringLower(response));
            if (AlgorithmText is not null)
            {
                // A token, not a quoted string (RFC 7616 3.4), and one that was compared with the known ones.
                text.Append(", algorithm=").Append(AlgorithmText);
            }

            if (HasQop || IsSession)
            {
                Append(text.Append(", "), "cnonce", clientNonce);
            }

            if (HasQop)
            {
                text.Append(", qop=auth, nc=").Append(Count);
            }

            if (Opaque is not null)
            {
                Append(text.Append(", "), "opaque", Opaque);
            }

            return text.ToString();
        }

        private string? FirstHash(string user, StoredSecret secret) => secret switch
        {
            StoredSecret.Password password => Convert.ToHexStringLower(DigestInput.Hash(Hash, user, Realm, password.Utf8.Span)),
            StoredSecret.Ha1 stored when stored.Algorithm == Hash && string.Equals(stored.Realm, Realm, StringComparison.Ordinal) =>
                Convert.ToHexStringLower(stored.Hash.Span),
            _ => null,
        };

        private static void Append(StringBuilder text, string name, string value)
        {
            text.Append(name).Append("=\"");
            foreach (var c in value)
            {
                if (c is '"' or '\\')
                {
                    text.Append('\\');
                }

                text.Append(c);
            }

            text.Append('"');
        }
    }
}
