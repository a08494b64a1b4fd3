using CwmpShield.Core.Identity.Rotation;

namespace CwmpShield.Core.Identity;

/// <summary>Who a connection has proven to be, before any body is read.</summary>
public sealed record ProvenIdentity
{
    /// <summary>The registry row that certificate and credential agree on; null in learn and observe modes before binding, or with a shared user.</summary>
    public RegisteredDevice? Device { get; init; }

    /// <summary>The verified certificate, null when none was shown.</summary>
    public CertificateFacts? Certificate { get; init; }

    /// <summary>The HTTP user whose password was verified, null when none was.</summary>
    public string? User { get; init; }

    /// <summary>How strong the proof is, the listener's cap applied.</summary>
    public IdentityStrength Strength { get; init; }

    /// <summary>What the certificate tells of its device by name; null when it names none, is shared, or there is none.</summary>
    public DeviceName? CertificateName { get; init; }

    /// <summary>Whether <see cref="Certificate"/> belongs to one device alone, by its name or its bound key.</summary>
    public bool IsUniqueCertificate { get; init; }

    /// <summary>Whether <see cref="User"/> is one that several devices share.</summary>
    public bool IsSharedUser { get; init; }

    /// <summary>Which of the device's own credentials was verified, null when none was.</summary>
    public CredentialSlot? Slot { get; init; }

    /// <summary>That credential, null when none was.</summary>
    public DeviceCredential? Used { get; init; }

    /// <summary>Whether that credential is what the factory gave the device: it is good in the bootstrap lane alone.</summary>
    public bool IsFactory { get; init; }

    /// <summary>
    /// Whether the device alone can have this proof: a certificate of its own, or a password that it was given for itself. What a fleet
    /// shares, and what the factory gave it, others have too.
    /// </summary>
    public bool IsOfDeviceAlone => Strength > IdentityStrength.None && (IsUniqueCertificate || (Device is { Status: not DeviceStatus.Bootstrap } && !IsFactory));

    /// <summary>The address that it comes from, empty where that is not known.</summary>
    public string Source { get; init; } = "";

    /// <summary>Observe mode: the reason that enforce would have refused for; null when it would not have.</summary>
    public string? WouldRefuse { get; init; }
}
