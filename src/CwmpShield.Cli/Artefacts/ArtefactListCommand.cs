using System.CommandLine;
using System.Text.Json;

namespace CwmpShield.Cli.Artefacts;

/// <summary><c>cwmpshield artefact list</c>: what the manifest lists.</summary>
internal static class ArtefactListCommand
{
    private const string Help = """
        Lists the artefacts of a manifest, without asking who signed it (artefact verify does).

        Example: cwmpshield artefact list --manifest artefacts.json
        """;

    /// <summary>Creates the verb.</summary>
    public static Command Create()
    {
        var manifest = ManifestDocument.Option();
        var json = RuleArguments.AsJson();
        var command = new Command("list", Help) { manifest, json };
        command.SetAction(result =>
        {
            var console = result.InvocationConfiguration;
            if (ManifestDocument.Read(result.GetValue(manifest)!, console.Error) is not { } read)
            {
                return ExitCode.Usage;
            }

            if (!result.GetValue(json))
            {
                console.Output.WriteLine($"manifest version {read.Version}, issued {read.Issued:u}, expires {read.Expires:u}");
            }

            foreach (var view in read.Artefacts.Select(a => ArtefactView.Of(a)))
            {
                console.Output.WriteLine(result.GetValue(json)
                    ? JsonSerializer.Serialize(view, RuleArguments.Json)
                    : $"{view.Name,-32} {view.Version,-12} {view.Size,12} {view.Sha256[..12]} {string.Join("; ", view.Models)}{(view.Withdrawn is { } why ? $"  withdrawn: {why}" : view.Ring is { } ring ? $"  ring {ring}" : "")}");
            }

            return ExitCode.Ok;
        });
        return command;
    }
}
