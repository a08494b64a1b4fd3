using System.CommandLine;
using CwmpShield.Core.Cwmp;
using CwmpShield.Gateway.Storage;

namespace CwmpShield.Cli;

/// <summary><c>cwmpshield connection-request DEVICE</c>, and below it list and revoke.</summary>
internal static class ConnectionRequestCommand
{
    private const string Text = """
        Calls a device, as an ACS does through the broker: the endpoint that it was learned at, under the same checks, without the limits.
        With --wait it is waited for the device's Inform at a running gateway. Exit code 1 when the device cannot be called or does not come.

        Examples:
          cwmpshield connection-request 00AABB-HGW-SN1
          cwmpshield connection-request 00AABB-HGW-SN1 --wait 30
          cwmpshield connection-request list --credentials-unknown
          cwmpshield connection-request revoke 00AABB-HGW-SN1
        """;

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(250);

    /// <summary>Creates the verb.</summary>
    public static Command Create()
    {
        const int mostSeconds = 600;
        var wait = new Option<int>("--wait") { Description = "Seconds to wait for the device's Inform, 0 for none.", HelpName = "SECONDS", DefaultValueFactory = _ => 0 };
        wait.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 0 or > mostSeconds)
            {
                result.AddError($"--wait takes 0 to {mostSeconds} seconds.");
            }
        });
        var json = new Option<bool>("--json") { Description = "Prints one JSON object." };
        var command = new Command("connection-request", Text) { wait, json, ConnectionRequestListCommand.Create(), ConnectionRequestRevokeCommand.Create() };
        var device = DeviceArgument.AddTo(command);
        var store = ConnectionRequestStore.AddTo(command);
        command.SetAction((result, cancellationToken) =>
        {
            var named = device.Get(result);
            return store.UseDeviceAsync(
                result,
                named,
                async (_, endpoints, registry, key) =>
                {
                    var before = await LastSeenAsync(registry, named, cancellationToken);
                    var start = TimeProvider.System.GetTimestamp();
                    var (status, reason) = await endpoints.SendAsync(key, cancellationToken);
                    var isTaken = status is 200 or 204;
                    var patience = TimeSpan.FromSeconds(result.GetValue(wait));
                    var latency = isTaken && patience > TimeSpan.Zero ? await InformAsync(registry, named, before, start, patience, cancellationToken) : null;
                    var sent = new ConnectionRequestSent(named.ToString(), status, reason, latency?.TotalSeconds);
                    await result.InvocationConfiguration.Output.WriteLineAsync(result.GetValue(json) ? sent.ToJson() : sent.ToText(patience));
                    return isTaken && (patience == TimeSpan.Zero || latency is not null) ? ExitCode.Ok : ExitCode.Findings;
                },
                cancellationToken);
        });
        return command;
    }

    private static async Task<DateTimeOffset?> LastSeenAsync(StoredDeviceRegistry registry, DeviceId device, CancellationToken cancellationToken) =>
        (await registry.FindAsync(device, cancellationToken))?.Device.LastSeen;

    private static async Task<TimeSpan?> InformAsync(
        StoredDeviceRegistry registry, DeviceId device, DateTimeOffset? before, long start, TimeSpan patience, CancellationToken cancellationToken)
    {
        while (TimeProvider.System.GetElapsedTime(start) < patience)
        {
            await Task.Delay(BetweenLooks, cancellationToken);
            if (await LastSeenAsync(registry, device, cancellationToken) != before)
            {
                return TimeProvider.System.GetElapsedTime(start);
            }
        }

        return null;
    }
}
