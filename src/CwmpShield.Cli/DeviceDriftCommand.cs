using System.CommandLine;
using CwmpShield.Gateway.Drifting;

namespace CwmpShield.Cli;

/// <summary><c>cwmpshield device drift</c>.</summary>
internal sealed class DeviceDriftCommand
{
    private const int Page = 1000;
    private const int MaxReasonLength = 256;

    private const string Text = """
        Lists what devices report otherwise than they were ordered, oldest first. With --clear what one device reports is accepted: the
        values are expected no more until they are ordered again. Exit code 1 when --clear finds nothing to clear.

        Examples:
          cwmpshield device drift
          cwmpshield device drift 00AABB-HGW-SN1 --json
          cwmpshield device drift 00AABB-HGW-SN1 --clear --reason "CHG-1207 the customer's own resolver" --name Device.DNS.Client.Server.1.DNSServer
        """;

    private readonly Option<bool> clear = new("--clear") { Description = "Accepts what the device reports." };
    private readonly Option<string?> reason = new("--reason") { Description = "With --clear: why; kept in the ledger.", HelpName = "TEXT" };
    private readonly Option<string?> name = new("--name") { Description = "With --clear: this parameter or object alone.", HelpName = "PARAMETER" };
    private readonly Option<long> after = new("--after") { Description = "Begins after this number: the last one of the page before.", HelpName = "NUMBER" };
    private readonly Option<bool> json = new("--json") { Description = "Prints one JSON object a line." };
    private readonly Command command = new("drift", Text);
    private readonly DeviceArgument device;
    private readonly DeviceStoreOptions store;

    private DeviceDriftCommand()
    {
        device = DeviceArgument.AddOptionalTo(command);
        foreach (var option in new Option[] { clear, reason, name, after, json })
        {
            command.Options.Add(option);
        }

        command.Validators.Add(result =>
        {
            var why = result.GetValue(reason);
            if (!result.GetValue(clear) && (why is not null || result.GetValue(name) is not null))
            {
                result.AddError("--reason and --name need --clear.");
            }
            else if (result.GetValue(clear) && (why is not { Length: > 0 and <= MaxReasonLength } || why.Any(char.IsControl)))
            {
                result.AddError($"--clear needs --reason with 1 to {MaxReasonLength} characters without control characters.");
            }
            else if (result.GetValue(clear) && !device.IsNamed(result))
            {
                result.AddError("--clear needs a device: give DEVICE, or --oui, --product-class and --serial.");
            }
        });
        store = DeviceStoreOptions.AddTo(command);
        command.SetAction((result, cancellationToken) => result.GetValue(clear) ? ClearAsync(result, cancellationToken) : ListAsync(result, cancellationToken));
    }

    /// <summary>Creates the verb.</summary>
    public static Command Create() => new DeviceDriftCommand().command;

    private Task<int> ListAsync(ParseResult result, CancellationToken cancellationToken) => store.UseAsync(
        result,
        async (opened, _) =>
        {
            var found = await new DriftStore(opened).ListAsync(device.Find(result), result.GetValue(after), Page, cancellationToken);
            Print([.. found.Select(DriftView.Of)], result.GetValue(json), result.InvocationConfiguration.Output);
            return ExitCode.Ok;
        },
        cancellationToken);

    private Task<int> ClearAsync(ParseResult result, CancellationToken cancellationToken) => store.ChangeAsync(
        result,
        ChangeSubject.Of(device.Get(result)),
        async (opened, _) =>
        {
            var named = device.Get(result);
            var count = await new DriftStore(opened).AcceptAsync(named, result.GetValue(name), cancellationToken);
            if (count == 0)
            {
                await result.InvocationConfiguration.Error.WriteLineAsync($"{named} has no such drift; cwmpshield device drift lists them.");
                return ExitCode.Findings;
            }

            await result.InvocationConfiguration.Output.WriteLineAsync(
                result.GetValue(json) ? DriftView.ClearedJson(named, count) : $"What {named} reports is accepted for {count} {(count == 1 ? "name" : "names")}.");
            return ExitCode.Ok;
        },
        cancellationToken);

    private static void Print(List<DriftView> drifts, bool json, TextWriter output)
    {
        if (json)
        {
            drifts.ForEach(one => output.WriteLine(one.ToJson()));
            return;
        }

        var width = drifts.Select(one => one.Device.Length).Append("DEVICE".Length).Max();
        output.WriteLine($"{"DEVICE".PadRight(width)}  {"KIND",-15}  {"SINCE",-20}  NAME: ORDERED, REPORTED");
        foreach (var one in drifts)
        {
            output.WriteLine($"{one.Device.PadRight(width)}  {one.Kind,-15}  {one.Since,-20}  {one.Name}: {one.ExpectedText}, {one.ObservedText}");
        }

        if (drifts.Count == Page)
        {
            output.WriteLine($"There may be more: --after {drifts[^1].Number}");
        }
    }
}
