using CwmpShield.Core.Cwmp;

namespace CwmpShield.Gateway.Identity;

/// <summary>Reads the few parameters of an Inform that the registry keeps. A device's text: bounded, and without control characters.</summary>
internal static class InformedText
{
    private const int MaxLength = 64;

    /// <summary>DeviceInfo.SoftwareVersion, null when the Inform has none.</summary>
    public static string? SoftwareVersion(CwmpMessage inform) => Find(inform, "DeviceInfo.SoftwareVersion");

    /// <summary>DeviceInfo.HardwareVersion, null when the Inform has none.</summary>
    public static string? HardwareVersion(CwmpMessage inform) => Find(inform, "DeviceInfo.HardwareVersion");

    /// <summary>DeviceInfo.ModelName, null when the Inform has none.</summary>
    public static string? Model(CwmpMessage inform) => Find(inform, "DeviceInfo.ModelName");

    private static string? Find(CwmpMessage inform, string path)
    {
        foreach (var parameter in inform.Parameters)
        {
            var isIt = parameter.Name.EndsWith(path, StringComparison.Ordinal)
                && parameter.Name.AsSpan(0, parameter.Name.Length - path.Length) is "Device." or "InternetGatewayDevice.";
            if (isIt && parameter.Value is { Length: > 0 } value)
            {
                return Clean(value);
            }
        }

        return null;
    }

    private static string Clean(string value) =>
        string.Concat(value.Take(MaxLength).Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '?' : c));
}
