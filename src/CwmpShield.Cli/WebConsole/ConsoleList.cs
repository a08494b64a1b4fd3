using System.CommandLine;
using System.Globalization;
using System.Text.Json;

namespace CwmpShield.Cli.WebConsole;

/// <summary>The verbs that list accounts and tokens: a table for people, with <c>--json</c> one object a line for machines.</summary>
internal static class ConsoleList
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Creates a verb.</summary>
    /// <param name="text">Its help.</param>
    /// <param name="head">The table's head.</param>
    /// <param name="list">Reads what is listed.</param>
    /// <param name="line">A line of the table.</param>
    /// <param name="view">The object of <c>--json</c>.</param>
    public static Command Create<T>(
        string text, string head, Func<ConsoleStore, CancellationToken, ValueTask<IReadOnlyList<T>>> list, Func<T, string> line, Func<T, object> view)
    {
        var json = new Option<bool>("--json") { Description = "Prints one JSON object a line." };
        var command = new Command("list", text) { json };
        var store = ConsoleStore.AddTo(command);
        command.SetAction((result, cancellationToken) => store.UseAsync(result, async opened =>
        {
            var output = result.InvocationConfiguration.Output;
            var rows = await list(opened, cancellationToken);
            var isJson = result.GetValue(json);
            foreach (var row in isJson ? rows.Select(one => JsonSerializer.Serialize(view(one), Json)) : rows.Select(line).Prepend(head))
            {
                await output.WriteLineAsync(row);
            }

            return ExitCode.Ok;
        }));
        return command;
    }

    /// <summary>A time to the second, UTC.</summary>
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
