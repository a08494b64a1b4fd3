using System.Security.Cryptography;
using System.Text;
using CwmpShield.Core.Identity;
using CwmpShield.Gateway.Configuration;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace CwmpShield.Gateway.Mirror.Serving;

/// <summary>Asks a device for the one-time user and password of its order: Basic inside TLS, or Digest.</summary>
internal sealed class MirrorLogin(LinkTickets tickets, TimeProvider time)
{
    private const string Realm = "CwmpShield mirror";
    private static readonly TimeSpan NonceLifetime = TimeSpan.FromMinutes(10);

    private readonly DigestNonces nonces = new(RandomNumberGenerator.GetBytes(32), "mirror", Realm, NonceLifetime, time);

    /// <summary>Whether the request carries the order's user and password; else the answer has a challenge.</summary>
    public bool Admits(HttpContext context, MirrorListenerOptions listener, LinkTicket ticket)
    {
        var isStale = false;
        if (context.Request.Headers.Authorization is [{ } value]
            && AuthorizationReader.TryRead(value, out var credential, out _)
            && string.Equals(credential!.User, LinkTickets.UserOf(ticket), StringComparison.Ordinal)
            && Verify(context, listener, credential, new StoredSecret.Password(Encoding.ASCII.GetBytes(tickets.PasswordOf(ticket))), out isStale))
        {
            return true;
        }

        var isBasic = listener is { Challenge: HttpChallenge.Basic, AllowPlaintext: false };
        var hash = listener.Challenge == HttpChallenge.DigestSha256 ? DigestHash.Sha256 : DigestHash.Md5;
        context.Response.Headers.WWWAuthenticate = isBasic ? DigestChallenge.Basic(Realm) : DigestChallenge.Digest(hash, Realm, nonces.Create(), isStale);
        return false;
    }

    private bool Verify(HttpContext context, MirrorListenerOptions listener, HttpCredential credential, StoredSecret.Password secret, out bool isStale)
    {
        isStale = false;
        if (credential is HttpCredential.Basic basic)
        {
            return !listener.AllowPlaintext && CredentialVerifier.Verify(basic, secret);
        }

        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var isGood = credential is HttpCredential.Digest digest
            && string.Equals(digest.Realm, Realm, StringComparison.Ordinal)
            && CredentialVerifier.IsTarget(digest.Uri, target)
            && CredentialVerifier.Verify(digest, secret, context.Request.Method);

        // Counts are not kept: a replay within the nonce's life fetches the same file under the same URL, and costs its bytes.
        isStale = isGood && !nonces.TryRead(((HttpCredential.Digest)credential).Nonce, out _);
        return isGood && !isStale;
    }
}
