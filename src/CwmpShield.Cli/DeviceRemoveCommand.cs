using System.CommandLine;

namespace CwmpShield.Cli;

/// <summary><c>cwmpshield device remove</c>.</summary>
internal static class DeviceRemoveCommand
{
    private const string Text = """
        Removes a device with its secrets and bound keys. A running gateway refuses it within 30 seconds. Exit code 1 when there is no such device.

        Example:
          cwmpshield device remove 00AABB-HGW-SN1
        """;

    /// <summary>Creates the verb.</summary>
    public static Command Create()
    {
        var command = new Command("remove", Text);
        var device = DeviceArgument.AddTo(command);
        var report = ChangeReport.AddTo(command);
        var store = DeviceStoreOptions.AddTo(command);
        command.SetAction((result, cancellationToken) => store.ChangeAsync(
            result,
            ChangeSubject.Of(device.Get(result)),
            async (_, registry) =>
            {
                var named = device.Get(result);
                var isRemoved = await registry.RemoveAsync(named, cancellationToken);
                if (!isRemoved)
                {
                    await result.InvocationConfiguration.Error.WriteLineAsync($"There is no device {named}.");
                    return ExitCode.Findings;
                }

                report.Print(result, new { Device = named.ToString(), Removed = true }, $"Removed {named}.");
                return ExitCode.Ok;
            },
            cancellationToken));
        return command;
    }
}
