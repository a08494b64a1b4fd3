using System.Security.Cryptography;
using CwmpShield.Core.Identity;
using CwmpShield.Core.Identity.Limits;
using CwmpShield.Core.Identity.Rotation;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.Throttling;

namespace CwmpShield.Gateway.Identity;

/// <summary>Verifies an HTTP credential and finds whose it is.</summary>
internal sealed class CredentialJudge(IDeviceRegistry registry, NonceLedger ledger, TimeProvider time, PartyGate? gate)
{
    // What an unknown user's password is held against, so that he costs and takes what a known one does.
    private readonly StoredSecret nobody = new StoredSecret.Password(RandomNumberGenerator.GetBytes(16));

    /// <summary>Judges the Authorization header of <paramref name="request"/>; where a certificate is one device's own, the device is counted in the address's place.</summary>
    public ValueTask<CredentialStanding> JudgeAsync(
        DoorIdentity door, AuthenticationRequest request, CertificateStanding certificate, CancellationToken cancellationToken)
    {
        if (request.Authorization.Count == 0)
        {
            return new(new CredentialStanding.Absent());
        }

        var reason = IdentityReason.CredentialMalformed;
        HttpCredential? credential = null;
        if (request.Authorization.Count == 1 && AuthorizationReader.TryRead(request.Authorization[0], out credential, out reason)
            && RefusalByScheme(door, request, credential!) is { } refusal)
        {
            return new(new CredentialStanding.Refused(refusal));
        }

        // In observe mode the ACS judges log-ins, and how many it looks at is its own affair.
        return gate is null || door.IsObserving
            ? VerifyAsync(door, request, credential, credential is null ? null : door.UserPattern.Match(credential.User), reason, cancellationToken)
            : AdmitAsync(door, request, certificate, credential, reason, cancellationToken);
    }

    private async ValueTask<CredentialStanding> AdmitAsync(
        DoorIdentity door,
        AuthenticationRequest request,
        CertificateStanding certificate,
        HttpCredential? credential,
        string reason,
        CancellationToken cancellationToken)
    {
        var caller = new Caller(request.Listener, request.Source);
        var isUnique = certificate.Kind == CertificateKind.Unique;
        var party = gate!.PartyOf(isUnique ? certificate.Row : null, isUnique ? request.Certificate : null, request.Source);
        var user = credential?.User ?? "";
        var name = door.UserPattern.Match(user);
        var admission = await BeginAsync(gate, party, name, user, caller, cancellationToken);
        if (gate.Counted(admission, caller.Listener) is { IsGranted: false } refused)
        {
            gate.Claimed(party, name, user, caller);
            return new CredentialStanding.Throttled(refused.Reason, refused.Wait);
        }

        var end = AttemptEnd.Undecided;
        try
        {
            var standing = await VerifyAsync(door, request, credential, name, reason, cancellationToken);
            end = EndOf(standing, isUnique);
            return standing;
        }
        finally
        {
            gate.EndAttempt(party, admission, end);
            if (end == AttemptEnd.Failed)
            {
                gate.Claimed(party, name, user, caller);
            }
        }
    }

    /// <summary>A log-in that would have to wait is let be judged where the registry knows its address for its device's last.</summary>
    private async ValueTask<Admission> BeginAsync(
        PartyGate at, Party party, DeviceName? name, string user, Caller caller, CancellationToken cancellationToken)
    {
        var admission = await at.BeginAttemptAsync(party, name, user, caller, cancellationToken);
        return !admission.IsGranted && at.MayAsk(party, name, user)
            && await registry.FindUserAsync(user, name, cancellationToken) is { Owner: { } owner } && at.Recognise(party, name, user, owner.Device)
            ? await at.BeginAttemptAsync(party, name, user, caller, cancellationToken)
            : admission;
    }

    private static AttemptEnd EndOf(CredentialStanding standing, bool isUnique) => standing switch
    {
        CredentialStanding.Own { Slot: CredentialSlot.Factory } => AttemptEnd.Undecided,
        CredentialStanding.Own or CredentialStanding.Shared => AttemptEnd.Succeeded,
        CredentialStanding.Refused { Reason: IdentityReason.NonceStale } => AttemptEnd.Undecided,
        CredentialStanding.Unverifiable => isUnique ? AttemptEnd.Undecided : AttemptEnd.Failed,
        _ => AttemptEnd.Failed,
    };

    private async ValueTask<CredentialStanding> VerifyAsync(
        DoorIdentity door, AuthenticationRequest request, HttpCredential? credential, DeviceName? byPattern, string reason, CancellationToken cancellationToken)
    {
        if (credential is null)
        {
            return new CredentialStanding.Refused(reason);
        }

        var known = await registry.FindUserAsync(credential.User, byPattern, cancellationToken);
        var standing = known?.Owner is { } owner ? JudgeOwn(door, request, credential, owner, byPattern)
            : JudgeOther(door, request, credential, known?.SharedSecret, byPattern);

        // A row, or a user that devices share, may have been given the name of another device by mistake: that must not shut the device out.
        return standing is CredentialStanding.Refused { Reason: IdentityReason.CredentialWrong } or CredentialStanding.Unverifiable
            && known is not null && byPattern is not null && known.Owner?.Device is var first && (first is null || !byPattern.Names(first.Device))
            && await registry.FindByNameAsync(byPattern, cancellationToken) is [{ Device.HttpUser: null } named]
            && JudgeOwn(door, request, credential, named, byPattern) is var other and not CredentialStanding.Unverifiable
                ? other
                : standing;
    }

    /// <summary>A device's own user: every secret that is good now is tried, so that the time does not tell which it was.</summary>
    private CredentialStanding JudgeOwn(
        DoorIdentity door, AuthenticationRequest request, HttpCredential credential, DeviceRecord owner, DeviceName? byPattern)
    {
        var isKnown = false;
        (CredentialSlot Slot, DeviceCredential Credential)? used = null;
        foreach (var login in owner.Login.LoginsAt(time.GetUtcNow()))
        {
            if (login.Credential.Secret is { } secret && IsUserOf(login.Credential, owner.Device, credential.User, byPattern))
            {
                isKnown = true;
                var isIt = Verify(credential, secret, request.Method);
                used = used is null && isIt ? login : used;
            }
        }

        if (used is { } found)
        {
            return IsFresh(door, credential)
                ? new CredentialStanding.Own(credential.User, owner.Device, found.Slot, found.Credential)
                : new CredentialStanding.Refused(IdentityReason.NonceStale);
        }

        if (!isKnown)
        {
            Verify(credential, nobody, request.Method);
        }

        // A user that was the device's before a rotation is nobody's: only one without any secret may go unverified.
        return owner.Login == RotatingCredential.None
            ? new CredentialStanding.Unverifiable(credential.User, DeviceName.Of(owner.Device.Device))
            : new CredentialStanding.Refused(IdentityReason.CredentialWrong);
    }

    private CredentialStanding JudgeOther(
        DoorIdentity door, AuthenticationRequest request, HttpCredential credential, StoredSecret? shared, DeviceName? byPattern)
    {
        if (!Verify(credential, shared ?? nobody, request.Method) || shared is null)
        {
            return shared is null && byPattern is not null
                ? new CredentialStanding.Unverifiable(credential.User, byPattern)
                : new CredentialStanding.Refused(IdentityReason.CredentialWrong);
        }

        return IsFresh(door, credential) ? new CredentialStanding.Shared(credential.User) : new CredentialStanding.Refused(IdentityReason.NonceStale);
    }

    private static bool IsUserOf(DeviceCredential credential, RegisteredDevice device, string user, DeviceName? byPattern) =>
        (credential.User ?? device.HttpUser) is { } own ? string.Equals(own, user, StringComparison.Ordinal) : byPattern?.Names(device.Device) ?? false;

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
