using System.CommandLine;
using CwmpShield.Gateway.Storage;

namespace CwmpShield.Cli;

/// <summary><c>cwmpshield device list</c>.</summary>
internal static class DeviceListCommand
{
    private const string Text = """
        Lists devices, oldest entry first.

        Examples:
          cwmpshield device list --group lab
          cwmpshield device list --json --limit 1000 --after 5000
        """;

    /// <summary>Creates the verb.</summary>
    public static Command Create()
    {
        var group = new Option<string?>("--group") { Description = "Only devices of this group.", HelpName = "NAME" };
        var after = new Option<long>("--after") { Description = "Begins after this key: the last one of the page before.", HelpName = "KEY" };
        var limit = new Option<int>("--limit") { Description = "Devices at most, 1 to 1000.", HelpName = "COUNT", DefaultValueFactory = _ => 100 };
        var json = new Option<bool>("--json") { Description = "Prints one JSON object a line." };
        limit.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 1000)
            {
                result.AddError("--limit takes 1 to 1000.");
            }
        });
        var command = new Command("list", Text) { group, after, limit, json };
        var store = DeviceStoreOptions.AddTo(command);
        command.SetAction((result, cancellationToken) => store.UseAsync(
            result,
            async registry =>
            {
                var rows = await registry.ListAsync(result.GetValue(after), result.GetValue(limit), result.GetValue(group), cancellationToken);
                Print([.. rows.Select(DeviceView.Of)], result.GetValue(json), result.GetValue(limit), result.InvocationConfiguration.Output);
                return ExitCode.Ok;
            },
            cancellationToken));
        return command;
    }

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
