using System.CommandLine;

namespace CwmpShield.Cli;

/// <summary><c>cwmpshield device add|import|export|list|show|drift|remove|rotate|bind|unbind|quarantine|release|disable|enable</c>: the registry of devices.</summary>
internal static class DeviceCommand
{
    /// <summary>Creates the verb.</summary>
    public static Command Create()
    {
        var command = new Command("device", "Keeps the registry of devices.")
        {
            DeviceAddCommand.Create(),
            DeviceImportCommand.Create(),
            DeviceExportCommand.Create(),
            DeviceListCommand.Create(),
            DeviceShowCommand.Create(),
            DeviceDriftCommand.Create(),
            DeviceRemoveCommand.Create(),
            DeviceRotateCommand.Create(),
            DeviceReleaseCommand.Create(),
        };
        foreach (var verb in DeviceStatusCommand.All().Concat(DeviceBindCommand.All()))
        {
            command.Subcommands.Add(verb);
        }

        return command;
    }
}
