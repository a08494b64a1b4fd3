using System.CommandLine;
using CwmpShield.Gateway.ConnectionRequests;

namespace CwmpShield.Cli;

/// <summary><c>cwmpshield device show</c>.</summary>
internal static class DeviceShowCommand
{
    private const string Text = """
        Shows what the registry holds of a device. Exit code 1 when there is no such device.

        Example:
          cwmpshield device show 00AABB-HGW%2D2000-SN1 --json
        """;

    /// <summary>Creates the verb.</summary>
    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "Prints one JSON object." };
        var command = new Command("show", Text) { json };
        var device = DeviceArgument.AddTo(command);
        var store = DeviceStoreOptions.AddTo(command);
        command.SetAction((result, cancellationToken) => store.UseAsync(
            result,
            async (opened, registry) =>
            {
                var named = device.Get(result);
                if (await registry.FindAsync(named, cancellationToken) is not { } record)
                {
                    await result.InvocationConfiguration.Error.WriteLineAsync($"There is no device {named}.");
                    return ExitCode.Findings;
                }

                var report = await EndpointAdministration.ReportAsync(opened, record.Device.Key, cancellationToken);
                var view = DeviceView.Of(record.Device) with { ConnectionRequests = report is null ? null : EndpointView.Of(report) };
                if (result.GetValue(json))
                {
                    await result.InvocationConfiguration.Output.WriteLineAsync(view.ToJson());
                }
                else
                {
                    view.Print(result.InvocationConfiguration.Output);
                }

                return ExitCode.Ok;
            },
            cancellationToken));
        return command;
    }
}
