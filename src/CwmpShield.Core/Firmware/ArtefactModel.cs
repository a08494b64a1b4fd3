using System.Collections.Immutable;
using CwmpShield.Core.Identity;

namespace CwmpShield.Core.Firmware;

/// <summary>One line of models that an artefact is for. Every list that is not empty must have the device's own value.</summary>
/// <param name="Oui">Organizationally unique identifier, six hexadecimal digits; compares without case.</param>
/// <param name="ProductClasses">Product classes, to the character; empty takes every one of the OUI.</param>
/// <param name="HardwareVersions">Hardware versions as the device informs them, to the character; empty takes every one.</param>
public sealed record ArtefactModel(string Oui, ImmutableArray<string> ProductClasses, ImmutableArray<string> HardwareVersions)
{
    /// <summary>Whether the device is of this line. A device that is not bound, or that informed no hardware version where one is asked for, is not.</summary>
    public bool Takes(DeviceTraits device) =>
        device.Device is { } id
        && Oui.Equals(id.Oui, StringComparison.OrdinalIgnoreCase)
        && (ProductClasses.IsEmpty || ProductClasses.Contains(id.ProductClass, StringComparer.Ordinal))
        && (HardwareVersions.IsEmpty || HardwareVersions.Contains(device.HardwareVersion, StringComparer.Ordinal));
}
