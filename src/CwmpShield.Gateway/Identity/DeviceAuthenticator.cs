using System.Net;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using CwmpShield.Core.Identity;
using CwmpShield.Core.Identity.Rotation;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.Throttling;

namespace CwmpShield.Gateway.Identity;

/// <summary>
/// Settles, before any body is read, who a request speaks for: certificate, HTTP credential and registry row must agree. Nothing
/// is remembered for those who prove nothing. Safe for threads.
/// </summary>
public sealed class DeviceAuthenticator
{
    private readonly CertificateJudge certificates;
    private readonly CredentialJudge credentials;
    private readonly ConditionalWeakTable<ListenerOptions, DoorIdentity> doors = [];
    private readonly byte[] nonceKey = RandomNumberGenerator.GetBytes(32);
    private readonly TimeProvider time;

    /// <summary>Creates an authenticator; its nonces are its own.</summary>
    /// <param name="registry">Devices and their secrets.</param>
    /// <param name="time">Clock.</param>
    public DeviceAuthenticator(IDeviceRegistry registry, TimeProvider time)
        : this(registry, time, null)
    {
    }

    /// <summary>Creates an authenticator that looks at no more credentials than <paramref name="gate"/> lets it; null for as many as come.</summary>
    internal DeviceAuthenticator(IDeviceRegistry registry, TimeProvider time, PartyGate? gate)
    {
        this.time = time;
        certificates = new CertificateJudge(registry);
        credentials = new CredentialJudge(registry, new NonceLedger(), time, gate);
    }

    /// <summary>
    /// Proves the identity of one request. In observe mode the answer is always <see cref="AuthenticationOutcome.Proven"/> with
    /// strength none, and <see cref="ProvenIdentity.WouldRefuse"/> says what enforce would have done.
    /// </summary>
    public async ValueTask<AuthenticationOutcome> AuthenticateAsync(AuthenticationRequest request, CancellationToken cancellationToken)
    {
        var door = doors.GetValue(request.Listener, listener => new DoorIdentity(listener, nonceKey, time));
        AuthenticationOutcome outcome;
        try
        {
            outcome = await JudgeAsync(door, request, cancellationToken);
        }
        catch (RegistryUnavailableException)
        {
            outcome = new AuthenticationOutcome.Unavailable(IdentityReason.RegistryUnavailable);
        }

        return door.IsObserving ? Observed(outcome, request.Certificate) : outcome;
    }

    private static AuthenticationOutcome.Proven Observed(AuthenticationOutcome outcome, CertificateFacts? certificate) => outcome switch
    {
        AuthenticationOutcome.Proven proven => new(proven.Identity with { Strength = IdentityStrength.None }),
        AuthenticationOutcome.Challenged challenged => Unproven(certificate, challenged.Reason),
        AuthenticationOutcome.Refused refused => Unproven(certificate, refused.Reason),
        AuthenticationOutcome.Throttled throttled => Unproven(certificate, throttled.Reason),
        _ => Unproven(certificate, IdentityReason.RegistryUnavailable),
    };

    private static AuthenticationOutcome.Proven Unproven(CertificateFacts? certificate, string reason) =>
        new(new ProvenIdentity { Certificate = certificate, WouldRefuse = reason });

    private async ValueTask<AuthenticationOutcome> JudgeAsync(DoorIdentity door, AuthenticationRequest request, CancellationToken cancellationToken)
    {
        // :: Step 1: whose certificate is it?
        var certificate = await certificates.JudgeAsync(door, request.Certificate, cancellationToken);
        if (RefusalByCertificate(door, certificate) is { } refusal)
        {
            return new AuthenticationOutcome.Refused(refusal);
        }

        // :: Step 2: whose credential is it? A shared certificate needs one beside it.
        var isNeeded = door.NeedsCredential || certificate.Kind == CertificateKind.Shared;
        var credential = await credentials.JudgeAsync(door, request, certificate, cancellationToken);

        // :: Step 3: do they mean one device?
        return credential switch
        {
            CredentialStanding.Absent when isNeeded => Challenge(door, IdentityReason.CredentialMissing),
            CredentialStanding.Absent => Proven(door, request, certificate, certificate.Row),
            CredentialStanding.Own own => WithOwnUser(door, request, certificate, own),
            CredentialStanding.Shared shared => WithSharedUser(door, request, certificate, shared),
            CredentialStanding.Unverifiable other => WithUnverifiedUser(door, request, certificate, other, isNeeded),
            CredentialStanding.Refused refused => Challenge(door, refused.Reason),
            CredentialStanding.Throttled throttled => new AuthenticationOutcome.Throttled(throttled.Reason, throttled.Wait),
            _ => new AuthenticationOutcome.Refused(IdentityReason.CredentialMalformed),
        };
    }

    private static string? RefusalByCertificate(DoorIdentity door, CertificateStanding certificate) => certificate switch
    {
        { Refusal: { } refusal } => refusal,
        { Kind: CertificateKind.None } when door.NeedsCertificate => IdentityReason.CertificateMissing,
        { Kind: CertificateKind.Unnamed } when door.NeedsCertificate => IdentityReason.CertificateUnnamed,
        { Kind: CertificateKind.Unique, Row: null } when !door.IsLearning => IdentityReason.DeviceUnknown,
        _ => null,
    };

    private static AuthenticationOutcome WithOwnUser(
        DoorIdentity door,
        AuthenticationRequest request,
        CertificateStanding certificate,
        CredentialStanding.Own own)
    {
        var isSame = certificate.Kind != CertificateKind.Unique || certificate.Row?.Key == own.Row.Key;
        return isSame
            ? Proven(door, request, certificate, own.Row, own.User, own)
            : new AuthenticationOutcome.Refused(IdentityReason.CredentialOfAnotherDevice);
    }

    private static AuthenticationOutcome WithSharedUser(
        DoorIdentity door,
        AuthenticationRequest request,
        CertificateStanding certificate,
        CredentialStanding.Shared shared)
    {
        // Without a certificate of its own the device is named by its Inform alone; the binder asks its row whether that may be.
        var isSame = certificate.Row is null || string.Equals(certificate.Row.SharedUser, shared.User, StringComparison.Ordinal);
        return isSame
            ? Proven(door, request, certificate, certificate.Row, shared.User, isShared: true)
            : new AuthenticationOutcome.Refused(IdentityReason.CredentialOfAnotherDevice);
    }

    private static AuthenticationOutcome WithUnverifiedUser(
        DoorIdentity door,
        AuthenticationRequest request,
        CertificateStanding certificate,
        CredentialStanding.Unverifiable credential,
        bool isNeeded)
    {
        var named = certificate.Row is { } row ? DeviceName.Of(row.Device) : certificate.Name;
        var isItsUser = certificate.Row?.HttpUser is not { } own || string.Equals(own, credential.User, StringComparison.Ordinal);
        return !isNeeded && isItsUser && named?.With(credential.Name) is not null
            ? Proven(door, request, certificate, certificate.Row)
            : Challenge(door, IdentityReason.CredentialWrong);
    }

    private static AuthenticationOutcome Proven(
        DoorIdentity door,
        AuthenticationRequest request,
        CertificateStanding certificate,
        RegisteredDevice? row,
        string? user = null,
        CredentialStanding.Own? own = null,
        bool isShared = false)
    {
        // :: Step 4: is that enough for this device?
        var strength = ProofStrength.Of(certificate.Kind, own is not null, request.IsTls, door.Cap);
        if (row is not null && IdentityBinding.RefusalByRow(row, strength) is { } refusal)
        {
            return new AuthenticationOutcome.Refused(refusal);
        }

        return new AuthenticationOutcome.Proven(new ProvenIdentity
        {
            Device = row,
            Certificate = request.Certificate,
            CertificateName = certificate.Name,
            IsUniqueCertificate = certificate.Kind == CertificateKind.Unique,
            User = user,
            IsSharedUser = isShared,
            Slot = own?.Slot,
            Used = own?.Credential,
            IsFactory = own?.Slot == CredentialSlot.Factory,
            Strength = strength,
            Source = request.Source.Equals(IPAddress.None) ? "" : request.Source.ToString(),
        });
    }

    private static AuthenticationOutcome.Challenged Challenge(DoorIdentity door, string reason) =>
        new(door.Challenge(stale: string.Equals(reason, IdentityReason.NonceStale, StringComparison.Ordinal)), reason);
}
