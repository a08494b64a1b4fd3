using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CwmpShield.Cli;

/// <summary>What a verb that changes something says afterwards: a sentence for people, or with <c>--json</c> one object for machines. Never a secret.</summary>
internal sealed class ChangeReport
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private readonly Option<bool> json = new("--json") { Description = "Prints one JSON object that tells what was changed." };

    private ChangeReport()
    {
    }

    /// <summary>Adds <c>--json</c> to <paramref name="command"/>.</summary>
    public static ChangeReport AddTo(Command command)
    {
        var report = new ChangeReport();
        command.Options.Add(report.json);
        return report;
    }

    /// <summary>Where steps are told as they are made: standard output, and standard error with <c>--json</c>, where the object stands alone.</summary>
    public TextWriter Aside(ParseResult result) => result.GetValue(json) ? result.InvocationConfiguration.Error : result.InvocationConfiguration.Output;

    /// <summary>Prints what was changed.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="change">The object of <c>--json</c>, in the words of the verbs that show the same; what is null is left out.</param>
    /// <param name="text">What people read, one line each.</param>
    public void Print(ParseResult result, object change, params IEnumerable<string> text)
    {
        foreach (var line in result.GetValue(json) ? [JsonSerializer.Serialize(change, Json)] : text)
        {
            result.InvocationConfiguration.Output.WriteLine(line);
        }
    }
}
