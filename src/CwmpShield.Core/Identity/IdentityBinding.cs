using CwmpShield.Core.Cwmp;

namespace CwmpShield.Core.Identity;

/// <summary>
/// Whether certificate, HTTP user, Inform and registry row name one device that may log in. Pure: every fact is an argument, and
/// the answer is null for yes or an <see cref="IdentityReason"/> for no.
/// </summary>
public static class IdentityBinding
{
    /// <summary>Whether a row lets its device log in with this strength.</summary>
    public static string? RefusalByRow(RegisteredDevice row, IdentityStrength strength)
    {
        if (row.Status is not (DeviceStatus.Active or DeviceStatus.Quarantined or DeviceStatus.Bootstrap))
        {
            return IdentityReason.DeviceDisabled;
        }

        return strength < row.RequiredStrength ? IdentityReason.StrengthTooLow : null;
    }

    /// <summary>
    /// Whether a certificate's key may speak for a row. A bound key may. The first key binds. Another key is a renewal only when its
    /// certificate names the device and is valid from later than every bound one: a copy kept from before, or one issued beside,
    /// is not.
    /// </summary>
    public static string? RefusalByKey(RegisteredDevice row, CertificateFacts certificate)
    {
        var fits = row.BoundKeys.Count == 0
            || row.BoundKeys.Contains(certificate.SpkiSha256, StringComparer.Ordinal)
            || (row.LatestKeyFrom is { } latest && certificate.NotBefore > latest);
        return fits ? null : IdentityReason.CertificateKeyChanged;
    }

    /// <summary>Whether an Inform with this DeviceId may go on as <paramref name="row"/>, the row of that DeviceId.</summary>
    /// <param name="proven">What the connection has proven.</param>
    /// <param name="informed">DeviceId of the Inform.</param>
    /// <param name="row">The row of that DeviceId, null when there is none.</param>
    /// <param name="now">The time.</param>
    public static string? RefusalOfInform(ProvenIdentity proven, DeviceId informed, RegisteredDevice? row, DateTimeOffset now)
    {
        if (proven.CertificateName is { } name && !name.Names(informed))
        {
            return IdentityReason.DeviceIdMismatch;
        }

        if (proven.Device is { } device)
        {
            return !DeviceName.Of(device.Device).Names(informed) ? IdentityReason.DeviceIdMismatch
                : row?.Key != device.Key ? IdentityReason.DeviceUnknown
                : RefusalByProof(proven, row);
        }

        if (row is null)
        {
            return IdentityReason.DeviceUnknown;
        }

        // A certificate that named no row when it was shown, and an Inform that does: the row came in between, or the name was partial.
        if (proven.CertificateName is not null)
        {
            return RefusalByProof(proven, row);
        }

        // What is left is a user that devices share: it proves the fleet, so the row itself must allow it for the time being.
        return proven.IsSharedUser && string.Equals(proven.User, row.SharedUser, StringComparison.Ordinal) && now < row.MigrationUntil
            ? RefusalByRow(row, proven.Strength)
            : IdentityReason.SharedUserNotInMigration;
    }

    private static string? RefusalByProof(ProvenIdentity proven, RegisteredDevice row)
    {
        var byKey = proven is { Certificate: { } certificate, IsUniqueCertificate: true } ? RefusalByKey(row, certificate) : null;
        return byKey ?? RefusalByRow(row, proven.Strength);
    }
}
