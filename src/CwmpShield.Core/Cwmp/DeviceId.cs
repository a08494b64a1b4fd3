namespace CwmpShield.Core.Cwmp;

/// <summary>The DeviceIdStruct that names a device (TR-069 A.3.3.1), without its manufacturer's display name.</summary>
/// <param name="Oui">Organizationally unique identifier, six upper-case hexadecimal digits.</param>
/// <param name="ProductClass">Product class, may be empty, at most 64 characters.</param>
/// <param name="SerialNumber">Serial number, at most 64 characters.</param>
public sealed record DeviceId(string Oui, string ProductClass, string SerialNumber)
{
    /// <summary>
    /// The form that TR-069 3.4.4 gives for user names and certificate subjects: <c>OUI-ProductClass-SerialNumber</c>, or
    /// <c>OUI-SerialNumber</c> without a product class; characters outside <c>[0-9A-Za-z_]</c> are percent-encoded UTF-8.
    /// </summary>
    public override string ToString() => DeviceIdText.Format(this);
}
