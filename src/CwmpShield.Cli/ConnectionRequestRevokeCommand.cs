using System.CommandLine;

namespace CwmpShield.Cli;

/// <summary><c>cwmpshield connection-request revoke</c>.</summary>
internal static class ConnectionRequestRevokeCommand
{
    private const string Text = """
        Makes the broker URL of a device that ACSs hold nobody's: it answers 404 from now on (within 30 seconds on other nodes). ACSs are
        told a new one with the device's next Inform that reports its ConnectionRequestURL.

        Example:
          cwmpshield connection-request revoke 00AABB-HGW-SN1
        """;

    /// <summary>Creates the verb.</summary>
    public static Command Create()
    {
        var command = new Command("revoke", Text);
        var device = DeviceArgument.AddTo(command);
        var report = ChangeReport.AddTo(command);
        var store = ConnectionRequestStore.AddTo(command);
        command.SetAction((result, cancellationToken) =>
        {
            var named = device.Get(result);
            return store.UseDeviceAsync(
                result,
                named,
                async (_, endpoints, _, key) =>
                {
                    var generation = await endpoints.RevokeAsync(key, cancellationToken);
                    report.Print(
                        result,
                        new { Device = named.ToString(), Generation = generation },
                        $"The broker URL of {named} is revoked; the next one is its generation {generation}.");
                    return ExitCode.Ok;
                },
                cancellationToken);
        });
        return command;
    }
}
