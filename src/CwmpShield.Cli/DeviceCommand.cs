using System.CommandLine;

namespace CwmpShield.Cli;

/// <summary><c>cwmpshield device add|list|show|remove|quarantine|release|disable|enable</c>: the registry of devices.</summary>
internal static class DeviceCommand
{
    /// <summary>Creates the verb.</summary>
    public static Command Create()
    {
        var command = new Command("device", "Keeps the registry of devices.")
        {
            DeviceAddCommand.Create(),
            DeviceListCommand.Create(),
            DeviceShowCommand.Create(),
            DeviceRemoveCommand.Create(),
        };
        foreach (var verb in DeviceStatusCommand.All())
        {
            command.Subcommands.Add(verb);
        }

        return command;
    }
}
