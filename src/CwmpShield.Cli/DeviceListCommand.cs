using System.CommandLine;
using CwmpShield.Gateway.Storage;

namespace CwmpShield.Cli;

/// <summary><c>cwmpshield device list</c>.</summary>
internal sealed class DeviceListCommand
{
    private const string Text = """
        Lists devices, oldest entry first, in pages.

        Examples:
          cwmpshield device list --group lab --status quarantined
          cwmpshield device list --strength password-over-tls --seen-after 2026-11-01 --json --limit 1000 --after 5000
          cwmpshield device list --reused
        """;

    private readonly DeviceFilterOptions filter;
    private readonly Option<long> after = new("--after") { Description = "Begins after this key: the last one of the page before.", HelpName = "KEY" };
    private readonly Option<int> limit = new("--limit") { Description = "Devices at most, 1 to 1000.", HelpName = "COUNT", DefaultValueFactory = _ => 100 };
    private readonly Option<bool> json = new("--json") { Description = "Prints one JSON object a line." };
    private readonly Command command = new("list", Text);
    private readonly DeviceStoreOptions store;

    private DeviceListCommand()
    {
        limit.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 1000)
            {
                result.AddError("--limit takes 1 to 1000.");
            }
        });
        filter = DeviceFilterOptions.AddTo(command);
        command.Options.Add(after);
        command.Options.Add(limit);
        command.Options.Add(json);
        store = DeviceStoreOptions.AddTo(command);
        command.SetAction((result, cancellationToken) => store.UseAsync(
            result,
            async (opened, registry) =>
            {
                var rows = await new DeviceOffice(opened, registry).ListAsync(filter.Get(result), result.GetValue(after), result.GetValue(limit), cancellationToken);
                Print([.. rows.Select(DeviceView.Of)], result.GetValue(json), result.GetValue(limit), result.InvocationConfiguration.Output);
                return ExitCode.Ok;
            },
            cancellationToken));
    }

    /// <summary>Creates the verb.</summary>
    public static Command Create() => new DeviceListCommand().command;

    private static void Print(List<DeviceView> devices, bool json, int limit, TextWriter output)
    {
        if (json)
        {
            devices.ForEach(device => output.WriteLine(device.ToJson()));
            return;
        }

        var width = devices.Select(device => device.Device.Length).Append("DEVICE".Length).Max();
        output.WriteLine($"{"DEVICE".PadRight(width)}  {"STATUS",-11}  {"REQUIRED STRENGTH",-31}  {"LAST SEEN",-20}  GROUPS");
        foreach (var device in devices)
        {
            output.WriteLine(
                $"{device.Device.PadRight(width)}  {device.Status,-11}  {device.RequiredStrength,-31}  {device.LastSeen ?? "never",-20}  {string.Join(',', device.Groups)}".TrimEnd());
        }

        if (devices.Count == limit)
        {
            output.WriteLine($"There may be more: --after {devices[^1].Key}");
        }
    }
}
