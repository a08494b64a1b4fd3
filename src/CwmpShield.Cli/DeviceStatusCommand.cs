using System.CommandLine;
using CwmpShield.Core.Identity;
using CwmpShield.Gateway.Storage;

namespace CwmpShield.Cli;

/// <summary><c>cwmpshield device quarantine|disable|enable</c>.</summary>
internal static class DeviceStatusCommand
{
    private const int MaxReasonLength = 256;

    /// <summary>Creates the verbs.</summary>
    public static IEnumerable<Command> All() =>
    [
        Create("quarantine", "The device may Inform and nothing more, and the ACS hears nothing of it.", StatusChange.Quarantine),
        Create("disable", "The device is not let in any more.", StatusChange.Disable),
        Create("enable", "Lets a disabled device in again.", StatusChange.Enable),
    ];

    private static Command Create(string verb, string what, Func<string, DateTimeOffset, StatusChange> change)
    {
        var text = $"""
            {what} A running gateway follows within 30 seconds, in sessions in progress, too.
            Exit code 1 when there is no such device, or its status does not fit.

            Example:
              cwmpshield device {verb} 00AABB-HGW-SN1 --reason "CHG-1207"
            """;
        var reason = new Option<string>("--reason") { Description = "Why; kept with the device.", HelpName = "TEXT", Required = true };
        reason.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is not { Length: > 0 and <= MaxReasonLength } words || words.Any(char.IsControl))
            {
                result.AddError($"--reason takes 1 to {MaxReasonLength} characters without control characters.");
            }
        });
        var command = new Command(verb, text) { reason };
        var device = DeviceArgument.AddTo(command);
        var report = ChangeReport.AddTo(command);
        var store = DeviceStoreOptions.AddTo(command);
        command.SetAction((result, cancellationToken) => store.ChangeAsync(
            result,
            ChangeSubject.Of(device.Get(result)),
            async (_, registry) =>
            {
                var named = device.Get(result);
                var wanted = change(result.GetValue(reason)!, TimeProvider.System.GetUtcNow());
                if (await registry.ChangeStatusAsync(named, wanted, cancellationToken) is { } changed)
                {
                    report.Print(result, DeviceView.Of(changed), $"{named} is {StatusName.Of(changed.Status)}.");
                    return ExitCode.Ok;
                }

                var known = await registry.FindAsync(named, cancellationToken);
                await result.InvocationConfiguration.Error.WriteLineAsync(
                    known is null ? $"There is no device {named}." : $"{named} is {StatusName.Of(known.Device.Status)}; nothing was changed.");
                return ExitCode.Findings;
            },
            cancellationToken));
        return command;
    }
}
