using CwmpShield.Core.Cwmp;

namespace CwmpShield.Core.Identity;

/// <summary>
/// What a certificate or user name tells of a device: its serial number, and OUI and product class where the name has them.
/// <c>OUI-SerialNumber</c> (TR-069 3.4.4) leaves the product class open; a bare serial leaves both open.
/// </summary>
/// <param name="Oui">OUI, null when the name has none.</param>
/// <param name="ProductClass">Product class, null when the name has none.</param>
/// <param name="SerialNumber">Serial number.</param>
public sealed record DeviceName(string? Oui, string? ProductClass, string SerialNumber)
{
    /// <summary>The full name of <paramref name="device"/>.</summary>
    public static DeviceName Of(DeviceId device) => new(device.Oui, device.ProductClass, device.SerialNumber);

    /// <summary>
    /// Whether <paramref name="device"/> has this name: every part that the name has is the device's, to the character; an OUI
    /// is a hexadecimal number and compares without case.
    /// </summary>
    public bool Names(DeviceId device) =>
        string.Equals(SerialNumber, device.SerialNumber, StringComparison.Ordinal)
        && (ProductClass is null || string.Equals(ProductClass, device.ProductClass, StringComparison.Ordinal))
        && (Oui is null || string.Equals(Oui, device.Oui, StringComparison.OrdinalIgnoreCase));

    /// <summary>Both names' parts together; null when a part differs, so that they cannot mean one device.</summary>
    public DeviceName? With(DeviceName other)
    {
        var agree = string.Equals(SerialNumber, other.SerialNumber, StringComparison.Ordinal)
            && (ProductClass is null || other.ProductClass is null || string.Equals(ProductClass, other.ProductClass, StringComparison.Ordinal))
            && (Oui is null || other.Oui is null || string.Equals(Oui, other.Oui, StringComparison.OrdinalIgnoreCase));
        return agree ? new DeviceName(Oui ?? other.Oui, ProductClass ?? other.ProductClass, SerialNumber) : null;
    }
}
