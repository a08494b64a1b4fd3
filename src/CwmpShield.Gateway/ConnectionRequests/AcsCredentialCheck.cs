using System.Security.Cryptography;
using CwmpShield.Core.Identity;
using CwmpShield.Gateway.Configuration;
using Microsoft.Extensions.Primitives;

namespace CwmpShield.Gateway.ConnectionRequests;

/// <summary>Whether an ACS knows the connection-request credentials of the device that its URL names. Every comparison takes the same time.</summary>
internal sealed class AcsCredentialCheck
{
    private const string Realm = "CwmpShield connection requests";
    private static readonly TimeSpan NonceLifetime = TimeSpan.FromMinutes(5);

    private readonly ConnectionRequestOptions options;
    private readonly DigestNonces nonces;
    private readonly NonceLedger ledger = new();
    private readonly bool isTls;

    /// <summary>Creates the check of one broker.</summary>
    public AcsCredentialCheck(ConnectionRequestOptions options, TimeProvider time)
    {
        this.options = options;
        isTls = options.Certificate.Path.Length > 0;
        nonces = new DigestNonces(RandomNumberGenerator.GetBytes(32), "connection-requests", Realm, NonceLifetime, time);
    }

    /// <summary>Judges the Authorization header; empty where it proves the ACS, else an <see cref="IdentityReason"/>.</summary>
    /// <param name="authorization">Values of the header.</param>
    /// <param name="targets">The request target in each form that the client may have signed.</param>
    /// <param name="credentials">Those of the device.</param>
    public string Judge(StringValues authorization, IReadOnlyList<string> targets, IReadOnlyList<RequestCredential> credentials)
    {
        if (authorization.Count != 1)
        {
            return authorization.Count == 0 ? IdentityReason.CredentialMissing : IdentityReason.CredentialMalformed;
        }

        if (!AuthorizationReader.TryRead(authorization[0]!, out var credential, out var reason))
        {
            return reason;
        }

        return credential switch
        {
            HttpCredential.Basic basic => JudgeBasic(basic, credentials),
            HttpCredential.Digest digest => JudgeDigest(digest, targets, credentials),
            _ => IdentityReason.CredentialMalformed,
        };
    }

    /// <summary>A fresh challenge after <paramref name="reason"/>.</summary>
    public string Challenge(string reason) => options.Challenge == HttpChallenge.Basic
        ? DigestChallenge.Basic(Realm)
        : DigestChallenge.Digest(
            options.Challenge == HttpChallenge.DigestSha256 ? DigestHash.Sha256 : DigestHash.Md5, Realm, nonces.Create(), reason == IdentityReason.NonceStale);

    private string JudgeBasic(HttpCredential.Basic basic, IReadOnlyList<RequestCredential> credentials) =>
        !isTls && !options.AllowBasicWithoutTls ? IdentityReason.BasicWithoutTls
        : Any(credentials, one => SameUser(one, basic) & CredentialVerifier.Verify(basic, one.Secret)) ? ""
        : IdentityReason.CredentialWrong;

    private string JudgeDigest(HttpCredential.Digest digest, IReadOnlyList<string> targets, IReadOnlyList<RequestCredential> credentials)
    {
        if (!string.Equals(digest.Realm, Realm, StringComparison.Ordinal) || digest.Hash != OfferedHash)
        {
            return IdentityReason.CredentialWrong;
        }

        if (!targets.Any(target => CredentialVerifier.IsTarget(digest.Uri, target)))
        {
            return IdentityReason.DigestUriMismatch;
        }

        if (!Any(credentials, one => SameUser(one, digest) & CredentialVerifier.Verify(digest, one.Secret, "GET")))
        {
            return IdentityReason.CredentialWrong;
        }

        return nonces.TryRead(digest.Nonce, out var stamp) && ledger.TryUse(stamp, digest.Count) ? "" : IdentityReason.NonceStale;
    }

    private DigestHash OfferedHash => options.Challenge == HttpChallenge.DigestSha256 ? DigestHash.Sha256 : DigestHash.Md5;

    private static bool SameUser(RequestCredential one, HttpCredential credential) => string.Equals(one.User, credential.User, StringComparison.Ordinal);

    /// <summary>Whether any fits; all are tried, so that the time does not tell which.</summary>
    private static bool Any(IReadOnlyList<RequestCredential> credentials, Func<RequestCredential, bool> fits)
    {
        var any = false;
        foreach (var one in credentials)
        {
            any |= fits(one);
        }

        return any;
    }
}
