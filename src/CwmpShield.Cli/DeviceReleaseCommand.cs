using System.CommandLine;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Identity;
using CwmpShield.Core.Identity.Rotation;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.Storage.Credentials;

namespace CwmpShield.Cli;

/// <summary><c>cwmpshield device release</c>: out of quarantine, into or out of the bootstrap lane, or down to a weaker log-in.</summary>
internal sealed class DeviceReleaseCommand
{
    private const int MaxReasonLength = 256;

    private const string Text = """
        Takes a device out of quarantine. With --to-bootstrap an active device may come back with its factory credentials and is in the
        bootstrap lane until these are rotated; its own credentials stay good until then. With --from-bootstrap it leaves the lane without a
        rotation. With --strength a device may log in more weakly than it has proven before; --to-bootstrap may stand beside it. A running
        gateway follows within 30 seconds. Exit code 1 when there is no such device, or its status does not fit.

        Examples:
          cwmpshield device release 00AABB-HGW-SN1 --reason "SEC-88 cleaned"
          cwmpshield device release 00AABB-HGW-SN1 --reason "CHG-1207 swapped flash" --to-bootstrap --factory-password-file label.txt
          cwmpshield device release 00AABB-HGW-SN1 --reason "CHG-1208 certificate lost" --strength password-over-tls
        """;

    private readonly Option<string> reason = new("--reason") { Description = "Why; kept with the device.", HelpName = "TEXT", Required = true };
    private readonly Option<bool> toBootstrap = new("--to-bootstrap") { Description = "Into the bootstrap lane." };
    private readonly Option<bool> fromBootstrap = new("--from-bootstrap") { Description = "Out of the bootstrap lane, without a rotation." };
    private readonly Option<string?> factory = new("--factory-password-file")
    {
        Description = "With --to-bootstrap: what the device has after a factory reset, on the first line; - is standard input.", HelpName = "FILE",
    };

    private readonly Option<string?> strength = new("--strength") { Description = "The least strength that it must prove from now on.", HelpName = "STRENGTH" };
    private readonly Command command = new("release", Text);
    private readonly DeviceArgument device;
    private readonly ChangeReport report;
    private readonly DeviceStoreOptions store;

    private DeviceReleaseCommand()
    {
        strength.AcceptOnlyFromAmong([.. StrengthName.All]);
        device = DeviceArgument.AddTo(command);
        foreach (var option in new Option[] { reason, toBootstrap, fromBootstrap, factory, strength })
        {
            command.Options.Add(option);
        }

        command.Validators.Add(result =>
        {
            if (result.GetValue(reason) is not { Length: > 0 and <= MaxReasonLength } words || words.Any(char.IsControl))
            {
                result.AddError($"--reason takes 1 to {MaxReasonLength} characters without control characters.");
            }

            if (result.GetValue(fromBootstrap) && result.GetValue(toBootstrap))
            {
                result.AddError("--to-bootstrap and --from-bootstrap cannot stand together.");
            }

            if (result.GetValue(factory) is not null && !result.GetValue(toBootstrap))
            {
                result.AddError("--factory-password-file needs --to-bootstrap.");
            }
        });
        report = ChangeReport.AddTo(command);
        store = DeviceStoreOptions.AddTo(command);
        command.SetAction(RunAsync);
    }

    /// <summary>Creates the verb.</summary>
    public static Command Create() => new DeviceReleaseCommand().command;

    private async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        string? password = null;
        if (result.GetValue(factory) is { } file && !DevicePassword.TryRead(file, out password, out var problem))
        {
            await result.InvocationConfiguration.Error.WriteLineAsync(problem);
            return ExitCode.Usage;
        }

        return await store.ChangeAsync(
            result, ChangeSubject.Of(device.Get(result)), (_, registry) => ReleaseAsync(result, registry, password, cancellationToken), cancellationToken);
    }

    private async Task<int> ReleaseAsync(ParseResult result, StoredDeviceRegistry registry, string? password, CancellationToken cancellationToken)
    {
        var named = device.Get(result);
        if (await registry.FindAsync(named, cancellationToken) is not { } known)
        {
            await result.InvocationConfiguration.Error.WriteLineAsync($"There is no device {named}.");
            return ExitCode.Findings;
        }

        // Said step by step: a later one may fail.
        var (now, steps) = (known.Device, report.Aside(result));
        if (ChangeOf(result) is { } change)
        {
            if (!change.From.Contains(known.Device.Status))
            {
                return await UnfitAsync(result, named, known.Device.Status);
            }

            // The secret first: a device that is let into the lane must be able to come.
            await SetFactoryAsync(registry, known.Device.Key, password, cancellationToken);
            if (await registry.ChangeStatusAsync(named, change, cancellationToken) is not { } changed)
            {
                return await UnfitAsync(result, named, known.Device.Status);
            }

            now = changed;
            await steps.WriteLineAsync($"{named} is {StatusName.Of(changed.Status)}.");
        }

        if (result.GetValue(strength) is { } word && StrengthName.TryParse(word, out var least)
            && await registry.LowerStrengthAsync(named, least, cancellationToken) is { } lowered)
        {
            now = lowered;
            await steps.WriteLineAsync($"{named} must prove {StrengthName.Of(lowered.RequiredStrength)}.");
        }

        report.Print(result, DeviceView.Of(now));
        return ExitCode.Ok;
    }

    /// <summary>The change of status, null where the strength alone is meant.</summary>
    private StatusChange? ChangeOf(ParseResult result)
    {
        var now = TimeProvider.System.GetUtcNow();
        var why = result.GetValue(reason)!;
        return result.GetValue(toBootstrap) ? StatusChange.ToBootstrap(why, now)
            : result.GetValue(fromBootstrap) ? StatusChange.FromBootstrap(why, now)
            : result.GetValue(strength) is null ? StatusChange.Release(why, now)
            : null;
    }

    private static async Task SetFactoryAsync(StoredDeviceRegistry registry, long key, string? password, CancellationToken cancellationToken)
    {
        if (DevicePassword.ToSecret(password) is { } secret)
        {
            var change = new CredentialChange
            {
                Device = key,
                Apply = state => state with { Factory = new DeviceCredential(null, secret) },
                At = TimeProvider.System.GetUtcNow(),
            };
            await registry.ChangeCredentialAsync(change, cancellationToken);
        }
    }

    private static async Task<int> UnfitAsync(ParseResult result, DeviceId named, DeviceStatus status)
    {
        await result.InvocationConfiguration.Error.WriteLineAsync($"{named} is {StatusName.Of(status)}; nothing was changed.");
        return ExitCode.Findings;
    }
}
