using System.CommandLine;
using System.Text.Json;
using CwmpShield.Gateway.Auditing;

namespace CwmpShield.Cli.Audit;

/// <summary><c>cwmpshield audit mac</c>.</summary>
internal static class AuditMacCommand
{
    private const string Text = """
        Prints the keyed hash under which the ledger keeps a value, so that records with it can be searched for although the ledger does not have it. The
        value is the first line of FILE, or of standard input for -; never an argument, which every user of the machine could read.

        Example:
          printf '%s\n' "$VALUE" | cwmpshield audit mac - --config appsettings.json
        """;

    private const int MaxLength = 65_536;

    /// <summary>Creates the verb.</summary>
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "File whose first line is the value; - is standard input.", DefaultValueFactory = _ => "-" };
        var json = RuleArguments.AsJson();
        var command = new Command("mac", Text) { file, json };
        var store = DeviceStoreOptions.AddTo(command);
        command.SetAction((result, cancellation) => store.UseAsync(
            result,
            async (opened, registry) =>
            {
                var console = result.InvocationConfiguration;
                if (Read(result.GetValue(file)!, console.Error) is not { } value)
                {
                    return ExitCode.Usage;
                }

                var redaction = await AuditValues.OpenAsync(opened, registry, cancellation);
                var mac = redaction.Mac(value);
                console.Output.WriteLine(result.GetValue(json) ? JsonSerializer.Serialize(new { Mac = mac }, RuleArguments.Json) : mac);
                return ExitCode.Ok;
            },
            cancellation));
        return command;
    }

    private static string? Read(string file, TextWriter error)
    {
        try
        {
            if (file == "-" && !Console.IsInputRedirected)
            {
                error.WriteLine("The value, and Enter:");
            }

            using var reader = file == "-" ? Console.In : new StreamReader(file);
            if (reader.ReadLine() is { Length: <= MaxLength } value)
            {
                return value;
            }

            error.WriteLine($"The value is a line of at most {MaxLength} characters.");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            error.WriteLine($"The value cannot be read: {problem.Message}");
        }

        return null;
    }
}
