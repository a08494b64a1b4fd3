using CwmpShield.Core.Identity;
using CwmpShield.Gateway.Storage;

namespace CwmpShield.Gateway.Identity;

/// <summary>Finds whose certificate was shown: by its bound key first, then by its names.</summary>
internal sealed class CertificateJudge(IDeviceRegistry registry)
{
    /// <summary>Judges a verified certificate; <paramref name="certificate"/> is null when none was shown.</summary>
    public async ValueTask<CertificateStanding> JudgeAsync(DoorIdentity door, CertificateFacts? certificate, CancellationToken cancellationToken)
    {
        if (!CertificateClaim.TryRead(certificate, door.SubjectPatterns, door.SharedSubjects, out var claim, out var reason))
        {
            return CertificateStanding.Refused(reason);
        }

        if (certificate is null || claim!.Kind == CertificateKind.Shared)
        {
            return new CertificateStanding(claim!.Kind, null, null, null);
        }

        if (await registry.FindByKeyAsync(certificate.SpkiSha256, cancellationToken) is { } owner)
        {
            return claim.Name is null || claim.Name.Names(owner.Device.Device)
                ? new CertificateStanding(CertificateKind.Unique, claim.Name, owner.Device, null)
                : CertificateStanding.Refused(IdentityReason.CertificateKeyOfAnotherDevice);
        }

        if (claim.Name is null)
        {
            return new CertificateStanding(CertificateKind.Unnamed, null, null, null);
        }

        var named = await registry.FindByNameAsync(claim.Name, cancellationToken);
        if (named.Count > 1)
        {
            return CertificateStanding.Refused(IdentityReason.DeviceAmbiguous);
        }

        var row = named.Count == 1 ? named[0].Device : null;
        var refusal = row is null ? null : IdentityBinding.RefusalByKey(row, certificate);
        return new CertificateStanding(CertificateKind.Unique, claim.Name, row, refusal);
    }
}

/// <summary>What a certificate comes to.</summary>
/// <param name="Kind">Whose it is.</param>
/// <param name="Name">The device that it names, null when none.</param>
/// <param name="Row">The registry row of that device or of its key, null when there is none.</param>
/// <param name="Refusal">Why it proves nothing, null when nothing stands against it.</param>
internal sealed record CertificateStanding(CertificateKind Kind, DeviceName? Name, RegisteredDevice? Row, string? Refusal)
{
    /// <summary>A certificate that proves nothing.</summary>
    public static CertificateStanding Refused(string reason) => new(CertificateKind.None, null, null, reason);
}
