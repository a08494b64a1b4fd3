using System.Collections.Immutable;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.DataModel.Values;
using CwmpShield.Core.Identity;

namespace CwmpShield.Core.Firmware;

/// <summary>What speaks against one artefact: what the order says of the file, and what the device is.</summary>
internal static class ArtefactChecks
{
    /// <summary>What weighs most comes first; the ACS is told the first.</summary>
    private static readonly ImmutableArray<string> Order =
    [
        ArtefactReason.Withdrawn, ArtefactReason.NotSigned, ArtefactReason.ManifestExpired, ArtefactReason.ManifestNotYetValid,
        ArtefactReason.UrlSignatureBad, ArtefactReason.UrlWrongDevice, ArtefactReason.UrlExpired, ArtefactReason.UrlNotAllowed,
        ArtefactReason.Ambiguous, ArtefactReason.WrongModel, ArtefactReason.UnknownUrl, ArtefactReason.Rollback, ArtefactReason.WrongStep,
        ArtefactReason.WrongFileType, ArtefactReason.SizeMismatch, ArtefactReason.WrongTarget, ArtefactReason.NotYetValid, ArtefactReason.Expired,
    ];

    /// <summary>The reasons by weight, each once.</summary>
    public static ImmutableArray<string> Ordered(ImmutableArray<string>.Builder reasons) =>
        reasons.Count == 0 ? [] : [.. reasons.Distinct(StringComparer.Ordinal).OrderBy(r => Order.IndexOf(r))];

    /// <summary>FileType, size and target of the order.</summary>
    public static void File(Artefact artefact, TransferOrder order, ImmutableArray<string>.Builder reasons)
    {
        var isUnit = order.Kind is TransferKind.Install or TransferKind.Update;
        if (isUnit ? !artefact.FileTypes.Contains(Artefact.DeploymentUnit, StringComparer.Ordinal) : !HasType(artefact, order.FileType.Trim()))
        {
            reasons.Add(ArtefactReason.WrongFileType);
        }

        // Zero says that the ACS does not know the size (A.3.2.8).
        if (order.FileSize != 0 && order.FileSize != artefact.Size)
        {
            reasons.Add(ArtefactReason.SizeMismatch);
        }

        if (isUnit ? !IsUnit(artefact, order) : !HasTarget(artefact, order))
        {
            reasons.Add(ArtefactReason.WrongTarget);
        }
    }

    /// <summary>Model, versions, dates, withdrawal and the signatures that policy asks for.</summary>
    public static void Device(ArtefactTrust trust, Artefact artefact, DeviceTraits device, DateTimeOffset now, ImmutableArray<string>.Builder reasons)
    {
        if (trust.WithdrawnBecause(artefact) is not null)
        {
            reasons.Add(ArtefactReason.Withdrawn);
        }

        if (artefact.IsFirmware
            && ((trust.Policy.RequiresFileSignature && artefact.SignedBy.IsEmpty) || (trust.Policy.RequiresSignedPackage && !artefact.IsSignedPackage)))
        {
            reasons.Add(ArtefactReason.NotSigned);
        }

        if (!TakesDevice(artefact, device))
        {
            reasons.Add(ArtefactReason.WrongModel);
        }

        Versions(artefact, device, reasons);
        if (now < artefact.NotBefore)
        {
            reasons.Add(ArtefactReason.NotYetValid);
        }

        if (now >= artefact.NotAfter)
        {
            reasons.Add(ArtefactReason.Expired);
        }
    }

    private static void Versions(Artefact artefact, DeviceTraits device, ImmutableArray<string>.Builder reasons)
    {
        if (artefact.IsFirmware && (IsOlder(artefact.Version, device.HighestSoftwareVersion) || IsOlder(artefact.Version, device.SoftwareVersion)))
        {
            reasons.Add(ArtefactReason.Rollback);
        }

        if (!artefact.From.IsEmpty && (device.SoftwareVersion.Length == 0 || !artefact.From.Any(r => r.Contains(device.SoftwareVersion))))
        {
            reasons.Add(ArtefactReason.WrongStep);
        }
    }

    private static bool IsOlder(string version, string reached) => reached.Length > 0 && SoftwareVersion.Compare(version, reached) < 0;

    private static bool TakesDevice(Artefact artefact, DeviceTraits device)
    {
        foreach (var model in artefact.Models)
        {
            if (model.Takes(device))
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasType(Artefact artefact, string written)
    {
        foreach (var type in artefact.FileTypes)
        {
            if (FileTypeWord.Matches(type, written))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsUnit(Artefact artefact, TransferOrder order) =>
        (artefact.Uuid.Length == 0 || order.Uuid.Length == 0 || artefact.Uuid.Equals(order.Uuid, StringComparison.OrdinalIgnoreCase))
        && (order.Version.Length == 0 || order.Version == artefact.Version);

    private static bool HasTarget(Artefact artefact, TransferOrder order) =>
        order.TargetFileName.Length == 0
        || artefact.TargetFileNames.Contains(order.TargetFileName, StringComparer.Ordinal)
        || (UrlValue.TryParse(order.Url, out var url) && url!.Path.AsSpan(url.Path.LastIndexOf('/') + 1).SequenceEqual(order.TargetFileName));
}
