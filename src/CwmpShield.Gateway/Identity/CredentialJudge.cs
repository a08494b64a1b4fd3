using System.Security.Cryptography;
using CwmpShield.Core.Identity;
using CwmpShield.Gateway.Storage;

namespace CwmpShield.Gateway.Identity;

/// <summary>Verifies an HTTP credential and finds whose it is.</summary>
internal sealed class CredentialJudge(IDeviceRegistry registry, NonceLedger ledger)
{
    // What an unknown user's password is held against, so that he costs and takes what a known one does.
    private readonly StoredSecret nobody = new StoredSecret.Password(RandomNumberGenerator.GetBytes(16));

    /// <summary>Judges the Authorization header of <paramref name="request"/>.</summary>
    public async ValueTask<CredentialStanding> JudgeAsync(DoorIdentity door, AuthenticationRequest request, CancellationToken cancellationToken)
    {
        if (request.Authorization.Count != 1)
        {
            return request.Authorization.Count == 0
                ? new CredentialStanding.Absent()
                : new CredentialStanding.Refused(IdentityReason.CredentialMalformed);
        }

        if (!AuthorizationReader.TryRead(request.Authorization[0], out var credential, out var reason))
        {
            return new CredentialStanding.Refused(reason);
        }

        if (RefusalByScheme(door, request, credential!) is { } refusal)
        {
            return new CredentialStanding.Refused(refusal);
        }

        var byPattern = door.UserPattern.Match(credential!.User);
        var known = await registry.FindUserAsync(credential.User, byPattern, cancellationToken);
        var secret = known?.SharedSecret ?? known?.Owner?.Secret;
        if (!Verify(credential, secret ?? nobody, request.Method) || secret is null)
        {
            return secret is null && (known?.Owner is { } owner ? DeviceName.Of(owner.Device.Device) : byPattern) is { } name
                ? new CredentialStanding.Unverifiable(credential.User, name)
                : new CredentialStanding.Refused(IdentityReason.CredentialWrong);
        }

        if (!IsFresh(door, credential))
        {
            return new CredentialStanding.Refused(IdentityReason.NonceStale);
        }

        return known!.Owner is null
            ? new CredentialStanding.Shared(credential.User)
            : new CredentialStanding.Own(credential.User, known.Owner.Device);
    }

    private static string? RefusalByScheme(DoorIdentity door, AuthenticationRequest request, HttpCredential credential) => credential switch
    {
        HttpCredential.Basic => request.IsTls ? null : IdentityReason.BasicWithoutTls,

        // The ACS made the challenge: its realm, algorithm and nonce are not ours to judge.
        HttpCredential.Digest digest when door.IsObserving =>
            CredentialVerifier.IsTarget(digest.Uri, request.Target) ? null : IdentityReason.DigestUriMismatch,
        HttpCredential.Digest digest => !door.AcceptsDigest || digest.Hash != door.Hash ? IdentityReason.CredentialSchemeRefused
            : !string.Equals(digest.Realm, door.Realm, StringComparison.Ordinal) ? IdentityReason.CredentialWrong
            : !CredentialVerifier.IsTarget(digest.Uri, request.Target) ? IdentityReason.DigestUriMismatch
            : null,
        _ => IdentityReason.CredentialMalformed,
    };

    private static bool Verify(HttpCredential credential, StoredSecret secret, string method) => credential switch
    {
        HttpCredential.Basic basic => CredentialVerifier.Verify(basic, secret),
        HttpCredential.Digest digest => CredentialVerifier.Verify(digest, secret, method),
        _ => false,
    };

    private bool IsFresh(DoorIdentity door, HttpCredential credential) =>
        door.IsObserving
        || credential is not HttpCredential.Digest digest
        || (door.Nonces.TryRead(digest.Nonce, out var stamp) && ledger.TryUse(stamp, digest.Count));
}
