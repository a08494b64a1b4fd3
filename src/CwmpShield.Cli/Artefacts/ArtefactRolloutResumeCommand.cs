using System.CommandLine;
using CwmpShield.Gateway.Transfers;

namespace CwmpShield.Cli.Artefacts;

/// <summary><c>cwmpshield artefact rollout resume</c>.</summary>
internal static class ArtefactRolloutResumeCommand
{
    private const string Text = """
        Lets a halted artefact go on. Failures are counted from now on; successes are kept. Exit code 1 when it was not halted.

        Example:
          cwmpshield artefact rollout resume hgw-4.3.0 --ticket CHG-1207
        """;

    /// <summary>Creates the verb.</summary>
    public static Command Create()
    {
        var ticket = HeldCommand.Ticket();
        var json = new Option<bool>("--json") { Description = "Prints one JSON object a line." };
        var name = ArtefactRolloutCommand.Name(ArgumentArity.ExactlyOne);
        var command = new Command("resume", Text) { name, ticket, json };
        var store = DeviceStoreOptions.AddTo(command);
        command.SetAction((result, cancellationToken) => store.ChangeAsync(
            result,
            new ChangeSubject(result.GetRequiredValue(name)),
            async (opened, _) =>
            {
                var rollouts = new RolloutStore(opened);
                if (await rollouts.ResumeAsync(result.GetRequiredValue(name), result.GetValue(ticket)!, TimeProvider.System.GetUtcNow(), cancellationToken) == 0)
                {
                    await result.InvocationConfiguration.Error.WriteLineAsync($"{result.GetRequiredValue(name)} is not halted.");
                    return ExitCode.Findings;
                }

                return await ArtefactRolloutCommand.ShowAsync(rollouts, result.GetRequiredValue(name), result.GetValue(json), result, cancellationToken);
            },
            cancellationToken));
        return command;
    }
}
