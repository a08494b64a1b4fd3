using System.CommandLine;
using System.Text.Json;

namespace CwmpShield.Cli.Artefacts;

/// <summary><c>cwmpshield artefact show NAME</c>.</summary>
internal static class ArtefactShowCommand
{
    private const string Help = """
        Shows one artefact of a manifest. Exit code 1 when it has none of this name.

        Example: cwmpshield artefact show hgw-1.3.0
        """;

    /// <summary>Creates the verb.</summary>
    public static Command Create()
    {
        var name = new Argument<string>("NAME") { Description = "Name of the artefact." };
        var manifest = ManifestDocument.Option();
        var json = RuleArguments.AsJson();
        var command = new Command("show", Help) { name, manifest, json };
        command.SetAction(result =>
        {
            var console = result.InvocationConfiguration;
            if (ManifestDocument.Read(result.GetValue(manifest)!, console.Error) is not { } read)
            {
                return ExitCode.Usage;
            }

            if (read.Artefacts.FirstOrDefault(a => a.Name == result.GetValue(name)) is not { } artefact)
            {
                console.Error.WriteLine($"The manifest has no artefact \"{result.GetValue(name)}\"; artefact list shows those that it has.");
                return ExitCode.Findings;
            }

            var view = ArtefactView.Of(artefact);
            if (result.GetValue(json))
            {
                console.Output.WriteLine(JsonSerializer.Serialize(view, RuleArguments.Json));
            }
            else
            {
                view.Print(console.Output);
            }

            return ExitCode.Ok;
        });
        return command;
    }
}
