using System.CommandLine;
using CwmpShield.Gateway.Transfers;

namespace CwmpShield.Cli.Artefacts;

/// <summary><c>cwmpshield artefact rollout status</c>.</summary>
internal static class ArtefactRolloutStatusCommand
{
    private const string Text = """
        Shows the rollouts of one artefact, or of all: orders that went out, devices that reported success, devices that failed.
        Exit code 1 when nothing is known of the artefact.

        Examples:
          cwmpshield artefact rollout status
          cwmpshield artefact rollout status hgw-4.3.0 --json
        """;

    /// <summary>Creates the verb.</summary>
    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "Prints one JSON object a line." };
        var name = ArtefactRolloutCommand.Name(ArgumentArity.ZeroOrOne);
        var command = new Command("status", Text) { name, json };
        var store = DeviceStoreOptions.AddTo(command);
        command.SetAction((result, cancellationToken) => store.UseAsync(
            result,
            (opened, _) => ArtefactRolloutCommand.ShowAsync(new RolloutStore(opened), result.GetValue(name) ?? "", result.GetValue(json), result, cancellationToken),
            cancellationToken));
        return command;
    }
}
