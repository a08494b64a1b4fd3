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

        var owner = await FindOwnerAsync(door, credential!.User, cancellationToken);
        var secret = owner.Row is null ? owner.Shared : owner.Row.Secret;
        var isGood = Verify(credential, secret ?? nobody, request.Method) && secret is not null;
        if (!isGood)
        {
            return owner.Row is { Secret: null }
                ? new CredentialStanding.Unverifiable(DeviceName.Of(owner.Row.Device.Device))
                : owner is { Row: null, Shared: null, Name: not null }
                    ? new CredentialStanding.Unverifiable(owner.Name)
                    : new CredentialStanding.Refused(IdentityReason.CredentialWrong);
        }

        if (!IsFresh(door, credential))
        {
            return new CredentialStanding.Refused(IdentityReason.NonceStale);
        }

        return owner.Row is null
            ? new CredentialStanding.Shared(credential.User)
            : new CredentialStanding.Own(credential.User, owner.Row.Device);
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

    /// <summary>A row's own user goes first, then a shared one, then the pattern for rows that name no user.</summary>
    private async ValueTask<(DeviceRecord? Row, StoredSecret? Shared, DeviceName? Name)> FindOwnerAsync(
        DoorIdentity door,
        string user,
        CancellationToken cancellationToken)
    {
        if (await registry.FindByUserAsync(user, cancellationToken) is { } own)
        {
            return (own, null, null);
        }

        if (await registry.FindSharedUserAsync(user, cancellationToken) is { } shared)
        {
            return (null, shared, null);
        }

        if (door.UserPattern.Match(user) is not { } name)
        {
            return (null, null, null);
        }

        var rows = await registry.FindByNameAsync(name, cancellationToken);
        return rows switch
        {
            [] => (null, null, name),
            [{ Device.HttpUser: null } row] => (row, null, null),
            _ => (null, null, null),
        };
    }
}
