using System.CommandLine;
using CwmpShield.Gateway.Transfers;

namespace CwmpShield.Cli.Artefacts;

/// <summary><c>cwmpshield artefact rollout halt</c>.</summary>
internal static class ArtefactRolloutHaltCommand
{
    private const string Text = """
        Halts an artefact: orders for it are refused with artefact-halted until it is resumed, whatever file the manifest has under
        its name. Devices that were ordered to fetch it already may finish; withdraw the artefact to stop those, too.

        Example:
          cwmpshield artefact rollout halt hgw-4.3.0 --ticket INC-4711
        """;

    /// <summary>Creates the verb.</summary>
    public static Command Create()
    {
        var ticket = HeldCommand.Ticket();
        var json = new Option<bool>("--json") { Description = "Prints one JSON object a line." };
        var name = ArtefactRolloutCommand.Name(ArgumentArity.ExactlyOne);
        var command = new Command("halt", Text) { name, ticket, json };
        var store = DeviceStoreOptions.AddTo(command);
        command.SetAction((result, cancellationToken) => store.ChangeAsync(
            result,
            new ChangeSubject(result.GetRequiredValue(name)),
            async (opened, _) =>
            {
                var rollouts = new RolloutStore(opened);
                await rollouts.HaltAsync(result.GetRequiredValue(name), result.GetValue(ticket)!, TimeProvider.System.GetUtcNow(), cancellationToken);
                return await ArtefactRolloutCommand.ShowAsync(rollouts, result.GetRequiredValue(name), result.GetValue(json), result, cancellationToken);
            },
            cancellationToken));
        return command;
    }
}
