using System.CommandLine;

namespace CwmpShield.Cli;

/// <summary><c>cwmpshield held list</c>.</summary>
internal static class HeldListCommand
{
    private const string Text = """
        Lists orders that wait for a decision or for their device, oldest first.

        Examples:
          cwmpshield held list
          cwmpshield held list --all --json --after 200
        """;

    /// <summary>Creates the verb.</summary>
    public static Command Create()
    {
        const int page = 1000;
        var all = new Option<bool>("--all") { Description = "Passed and rejected orders, too." };
        var after = new Option<long>("--after") { Description = "Begins after this number: the last one of the page before.", HelpName = "NUMBER" };
        var json = new Option<bool>("--json") { Description = "Prints one JSON object a line." };
        var command = new Command("list", Text) { all, after, json };
        var store = DeviceStoreOptions.AddTo(command);
        command.SetAction((result, cancellationToken) => store.UseHeldAsync(
            result,
            async held =>
            {
                var found = await held.ListAsync(result.GetValue(after), page, null, result.GetValue(all), cancellationToken);
                var rows = found.Select(order => HeldView.Of(order, TimeProvider.System.GetUtcNow())).ToList();
                Print(rows, result.GetValue(json), page, result.InvocationConfiguration.Output);
                return ExitCode.Ok;
            },
            cancellationToken));
        return command;
    }

    private static void Print(List<HeldView> orders, bool json, int page, TextWriter output)
    {
        if (json)
        {
            orders.ForEach(order => output.WriteLine(order.ToJson()));
            return;
        }

        var width = orders.Select(order => order.Device.Length).Append("DEVICE".Length).Max();
        output.WriteLine($"{"NUMBER",-6}  {"DEVICE".PadRight(width)}  {"STATUS",-8}  {"LAST ORDERED",-20}  {"TIMES",5}  ORDER");
        foreach (var order in orders)
        {
            output.WriteLine(
                $"{order.Number,-6}  {order.Device.PadRight(width)}  {order.Status,-8}  {order.LastSeen,-20}  {order.Times,5}  {order.Rpc} {(order.Subjects.Count > 0 ? order.Subjects[0] + " " : "")}({string.Join(',', order.Rules)})");
        }

        if (orders.Count == page)
        {
            output.WriteLine($"There may be more: --after {orders[^1].Number}");
        }
    }
}
