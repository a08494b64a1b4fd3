using System.CommandLine;

namespace CwmpShield.Cli;

/// <summary><c>cwmpshield device add|list|show|remove</c>: the registry of devices.</summary>
internal static class DeviceCommand
{
    /// <summary>Creates the verb.</summary>
    public static Command Create() => new("device", "Keeps the registry of devices.")
    {
        DeviceAddCommand.Create(),
        DeviceListCommand.Create(),
        DeviceShowCommand.Create(),
        DeviceRemoveCommand.Create(),
    };
}
