using System.CommandLine;
using CwmpShield.Core.DataModel;

namespace CwmpShield.Cli;

/// <summary><c>cwmpshield datamodel</c>: data models of the Broadband Forum as the rules use them.</summary>
internal static class DataModelCommand
{
    private const string Help = """
        Reads Broadband Forum data-model XML (the full files of TR-098, TR-181, TR-104) into one compact file. Put it under datamodel/ of a rule
        set and rules can ask for unknown, read-only, hidden and violates.

        Example: cwmpshield datamodel import --out rules/datamodel/standard.dm tr-181-2-17-0-cwmp-full.xml tr-104-2-0-2-cwmp-full.xml
        """;

    /// <summary>Creates the verb.</summary>
    public static Command Create()
    {
        var files = new Argument<string[]>("FILE") { Arity = ArgumentArity.OneOrMore, Description = "Data-model XML." };
        var output = new Option<string>("--out", "-o") { Description = "File to write.", DefaultValueFactory = _ => Path.Combine("rules", "datamodel", "standard.dm") };
        var json = RuleArguments.AsJson();
        var import = new Command("import", Help) { files, output, json };
        import.SetAction(result => Import(result.GetValue(files)!, result.GetValue(output)!, result.GetValue(json), result.InvocationConfiguration));
        return new Command("datamodel", "Works with data models of the Broadband Forum.") { import };
    }

    private static int Import(string[] files, string output, bool json, InvocationConfiguration console)
    {
        var import = new DataModelImport();
        try
        {
            foreach (var file in files)
            {
                var before = import.Entries.Count;
                using var stream = File.OpenRead(file);
                if (!import.TryRead(stream, out var problem))
                {
                    console.Error.WriteLine($"{file}: {problem}");
                    return ExitCode.Usage;
                }

                console.Error.WriteLine($"{file}: {import.Entries.Count - before} parameters and objects");
            }

            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(output))!);
            using var writer = new StreamWriter(output);
            DataModelText.Write(import.Entries.DistinctBy(e => e.Shape, StringComparer.Ordinal), writer);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            console.Error.WriteLine(problem.Message);
            return ExitCode.Usage;
        }

        console.Output.WriteLine(json ? System.Text.Json.JsonSerializer.Serialize(new { File = output, import.Entries.Count }, RuleArguments.Json) : $"{output}: {import.Entries.Count} entries");
        return ExitCode.Ok;
    }
}
