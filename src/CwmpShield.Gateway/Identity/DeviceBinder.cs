using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Identity;
using CwmpShield.Core.Identity.Rotation;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Storage;

namespace CwmpShield.Gateway.Identity;

/// <summary>
/// Holds an Inform's DeviceId against who the connection has proven to be, and writes the sighting down: last seen, software
/// version, model, the certificate key's binding and the strength below which the device never logs in again.
/// </summary>
public sealed class DeviceBinder(IDeviceRegistry registry, TimeProvider time)
{
    // A device that informs again within this time and brings nothing new costs no write.
    private static readonly TimeSpan SightingInterval = TimeSpan.FromMinutes(1);

    // One that was called is waited for: whoever called it from the command line looks into the store for it.
    private static readonly TimeSpan CalledSightingInterval = TimeSpan.FromSeconds(1);

    /// <summary>Binds one Inform to one device. One that the rules refuse enrols nobody: its DeviceId may be what they refuse.</summary>
    /// <param name="proven">What the connection has proven.</param>
    /// <param name="inform">The Inform, read and well-formed.</param>
    /// <param name="listener">The listener that it came in by.</param>
    /// <param name="isAllowed">Whether the Inform goes on, or quarantines its device.</param>
    /// <param name="cancellationToken">Stops the work; nothing is half-written.</param>
    public async ValueTask<BindingOutcome> BindAsync(
        ProvenIdentity proven,
        CwmpMessage inform,
        ListenerOptions listener,
        bool isAllowed,
        CancellationToken cancellationToken)
    {
        if (inform.Device is not { } device)
        {
            return new BindingOutcome.Refused(IdentityReason.DeviceIdMissing);
        }

        try
        {
            if (listener.Identity.Mode == IdentityMode.Observe)
            {
                return await ObserveAsync(proven, device, cancellationToken);
            }

            var record = await registry.FindAsync(device, cancellationToken);
            var mayEnrol = listener.Identity.Mode == IdentityMode.Learn && record is null && proven is { Device: null, IsUniqueCertificate: true };
            if (mayEnrol && proven.CertificateName is { } name && name.Names(device))
            {
                return isAllowed
                    ? await EnrolAsync(proven, device, inform, cancellationToken)
                    : new BindingOutcome.Bound(new RegisteredDevice { Device = device }, proven.Strength);
            }

            return IdentityBinding.RefusalOfInform(proven, device, record?.Device, time.GetUtcNow()) is { } refusal
                ? new BindingOutcome.Refused(refusal)
                : IsGivenUp(proven, record!) ? new BindingOutcome.Refused(IdentityReason.CredentialWrong)
                : await AdmitAsync(proven, record!.Device, inform, cancellationToken);
        }
        catch (RegistryUnavailableException) when (listener.Identity.Mode == IdentityMode.Observe)
        {
            return Observed(device, null, proven.WouldRefuse ?? IdentityReason.RegistryUnavailable);
        }
        catch (RegistryUnavailableException)
        {
            return new BindingOutcome.Unavailable(IdentityReason.RegistryUnavailable);
        }
    }

    /// <summary>Whether what a connection has proven itself with was good then and is not any more.</summary>
    private bool IsGivenUp(ProvenIdentity proven, DeviceRecord record) =>
        proven.Used is { } used && !record.Login.IsStillGood(used, proven.User ?? "", time.GetUtcNow());

    private static BindingOutcome.Bound Observed(DeviceId device, RegisteredDevice? row, string? wouldRefuse) =>
        new(row ?? new RegisteredDevice { Device = device }, IdentityStrength.None) { WouldRefuse = wouldRefuse };

    /// <summary>Says what enforce would say. Nothing is written: what nobody has proven must not change a row.</summary>
    private async ValueTask<BindingOutcome> ObserveAsync(ProvenIdentity proven, DeviceId device, CancellationToken cancellationToken)
    {
        var row = (await registry.FindAsync(device, cancellationToken))?.Device;

        // The proof was held against its row's required strength when it was made; observe mode has lowered it since.
        var asEnforced = proven.Device is null ? proven : proven with { Strength = IdentityStrength.UniqueCertificate };
        return Observed(device, row, proven.WouldRefuse ?? IdentityBinding.RefusalOfInform(asEnforced, device, row, time.GetUtcNow()));
    }

    private async ValueTask<BindingOutcome> EnrolAsync(ProvenIdentity proven, DeviceId device, CwmpMessage inform, CancellationToken cancellationToken)
    {
        var added = await registry.AddAsync(
            new DeviceDraft
            {
                Device = device,
                SharedUser = proven.IsSharedUser ? proven.User : null,
                Key = Key(proven.Certificate!),
                RequiredStrength = proven.Strength,
                SoftwareVersion = InformedText.SoftwareVersion(inform) ?? "",
                Model = InformedText.Model(inform) ?? "",
                SeenAt = time.GetUtcNow(),
                Source = proven.Source.Length > 0 ? proven.Source : null,
            },
            cancellationToken);
        return added switch
        {
            { Status: AddStatus.Added, Device: { } row } => new BindingOutcome.Bound(row, proven.Strength),
            { Status: AddStatus.KeyTaken } => new BindingOutcome.Refused(IdentityReason.CertificateKeyOfAnotherDevice),

            // Another connection of the same device enrolled it a moment ago; the next try finds it.
            _ => new BindingOutcome.Unavailable(IdentityReason.RegistryUnavailable),
        };
    }

    /// <summary>The bootstrap lane's gate, then the sighting.</summary>
    private async ValueTask<BindingOutcome> AdmitAsync(ProvenIdentity proven, RegisteredDevice row, CwmpMessage inform, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        switch (LaneGate.Judge(row, proven, inform.Events, now))
        {
            case LanePassage.Stays:
                return await RecordAsync(proven, row, inform, cancellationToken);
            case LanePassage.Enters enters:
                var change = StatusChange.ToBootstrap($"0 BOOTSTRAP with factory credentials: {enters.Ground}", now);
                return await registry.ChangeStatusAsync(row.Device, change, cancellationToken) is { } inLane
                    ? await RecordAsync(proven, inLane, inform, cancellationToken)
                    : new BindingOutcome.Unavailable(IdentityReason.RegistryUnavailable);
            case LanePassage.Refused refused:
                return new BindingOutcome.Refused(refused.Reason);
            default:
                return new BindingOutcome.Refused(IdentityReason.BootstrapForged);
        }
    }

    private async ValueTask<BindingOutcome> RecordAsync(
        ProvenIdentity proven,
        RegisteredDevice row,
        CwmpMessage inform,
        CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var isNewKey = proven.IsUniqueCertificate && !row.BoundKeys.Contains(proven.Certificate!.SpkiSha256, StringComparer.Ordinal);
        var software = InformedText.SoftwareVersion(inform);
        var model = InformedText.Model(inform);
        var isNew = isNewKey
            || row.LastSeen is not { } lastSeen || now - lastSeen >= (inform.Events.Contains(InformEvent.ConnectionRequest, StringComparer.Ordinal) ? CalledSightingInterval : SightingInterval)
            || row.RequiredStrength < proven.Strength
            || IsChange(row.SoftwareVersion, software)
            || IsChange(row.Model, model);
        if (!isNew)
        {
            return new BindingOutcome.Bound(row, proven.Strength);
        }

        var sighting = new Sighting
        {
            Key = row.Key,
            SeenAt = now,
            Strength = proven.Strength,
            Source = proven.Source.Length > 0 ? proven.Source : null,
            SoftwareVersion = software,
            Model = model,
            NewKey = isNewKey ? Key(proven.Certificate!) : null,
        };
        var written = await registry.RecordAsync(sighting, cancellationToken);
        return written is null ? new BindingOutcome.Refused(isNewKey ? IdentityReason.CertificateKeyOfAnotherDevice : IdentityReason.DeviceUnknown)
            : IdentityBinding.RefusalByRow(written, proven.Strength) is { } refusal ? new BindingOutcome.Refused(refusal)
            : new BindingOutcome.Bound(written, proven.Strength);
    }

    private static bool IsChange(string known, string? informed) =>
        informed is not null && !string.Equals(known, informed, StringComparison.Ordinal);

    private static KeyToBind Key(CertificateFacts certificate) => new(certificate.SpkiSha256, certificate.NotBefore, certificate.NotAfter);
}
