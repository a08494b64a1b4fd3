using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.Storage.Secrets;

namespace CwmpShield.Cli;

/// <summary><c>cwmpshield device rotate</c>.</summary>
internal sealed class DeviceRotateCommand
{
    private const string Text = """
        Gives a device another password. The gateway takes it at once, and the old one until the window ends; have the device told of it by then
        (ManagementServer.Password by your ACS; a gateway that sees that order learns the password from it, and needs no `rotate`). Exit code 1
        when there is no such device.

        Examples:
          cwmpshield device rotate 00AABB-HGW-SN1 --generate-password --window 7.00:00:00
          cwmpshield device rotate 00AABB-HGW-SN1 --password-file - --window 00:00:00 < secret
        """;

    private static readonly TimeSpan MaxWindow = TimeSpan.FromDays(366);
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly Option<string?> passwordFile = new("--password-file") { Description = "File with the password on its first line; - is standard input.", HelpName = "FILE" };
    private readonly Option<bool> generate = new("--generate-password") { Description = "Makes a password and prints it once." };
    private readonly Option<TimeSpan> window = new("--window") { Description = "How long the old password is good, [days.]hh:mm:ss; 0 for no longer.", HelpName = "TIME", DefaultValueFactory = _ => TimeSpan.FromDays(1) };
    private readonly Option<bool> basicOnly = new("--basic-only") { Description = "Keeps a verifier for Basic alone, which nobody can read back." };
    private readonly Option<bool> allowWeak = new("--allow-weak") { Description = "Takes a password that everybody knows, and marks it for `secrets audit`." };
    private readonly Option<bool> json = new("--json") { Description = "Prints one JSON object." };
    private readonly Command command = new("rotate", Text);
    private readonly DeviceArgument device;
    private readonly DeviceStoreOptions store;

    private DeviceRotateCommand()
    {
        device = DeviceArgument.AddTo(command);
        foreach (var option in new Option[] { passwordFile, generate, window, basicOnly, allowWeak, json })
        {
            command.Options.Add(option);
        }

        command.Validators.Add(result =>
        {
            if (result.GetValue(generate) == result.GetValue(passwordFile) is not null)
            {
                result.AddError("Give --generate-password or --password-file.");
            }

            if (result.GetValue(window) is var time && (time < TimeSpan.Zero || time > MaxWindow))
            {
                result.AddError("--window takes 0 to 366 days.");
            }
        });
        store = DeviceStoreOptions.AddTo(command);
        command.SetAction(RunAsync);
    }

    /// <summary>Creates the verb.</summary>
    public static Command Create() => new DeviceRotateCommand().command;

    private async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        var error = result.InvocationConfiguration.Error;
        var password = DevicePassword.Generate();
        if (result.GetValue(passwordFile) is { } file && !DevicePassword.TryRead(file, out password, out var problem))
        {
            await error.WriteLineAsync(problem);
            return ExitCode.Usage;
        }

        return await store.ChangeAsync(
            result,
            ChangeSubject.Of(device.Get(result)),
            async (opened, registry) =>
            {
                var named = device.Get(result);
                var known = await registry.FindAsync(named, cancellationToken);
                var weakness = WeakSecret.Find(password, named, known?.Device.HttpUser);
                if (weakness is not null && !result.GetValue(allowWeak))
                {
                    await error.WriteLineAsync(DevicePassword.Refusal(weakness));
                    return ExitCode.Usage;
                }

                var now = TimeProvider.System.GetUtcNow();
                var until = now + result.GetValue(window);
                if (await new DeviceOffice(opened, registry).RotateAsync(named, password, result.GetValue(basicOnly), weakness, until, now, cancellationToken) is null)
                {
                    await error.WriteLineAsync($"There is no device {named}.");
                    return ExitCode.Findings;
                }

                await result.InvocationConfiguration.Output.WriteLineAsync(Describe(named.ToString(), until, result.GetValue(generate) ? password : null, result.GetValue(json)));
                return ExitCode.Ok;
            },
            cancellationToken);
    }

    private static string Describe(string device, DateTimeOffset until, string? password, bool json)
    {
        var end = until.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        return json ? JsonSerializer.Serialize(new { Device = device, OldPasswordUntil = end, Password = password }, Json)
            : $"{device} has another password; the old one is good until {end}." + (password is null ? "" : $"{Environment.NewLine}password  {password}");
    }
}
