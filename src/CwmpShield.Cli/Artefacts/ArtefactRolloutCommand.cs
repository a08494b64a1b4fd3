using System.CommandLine;
using CwmpShield.Gateway.Transfers;

namespace CwmpShield.Cli.Artefacts;

/// <summary><c>cwmpshield artefact rollout status|halt|resume</c>: how far artefacts have come, and whether they go on.</summary>
internal static class ArtefactRolloutCommand
{
    private const int MaxName = 128;

    /// <summary>Creates the verb.</summary>
    public static Command Create() => new("rollout", "Shows how far artefacts have come, halts them and lets them go on.")
    {
        ArtefactRolloutStatusCommand.Create(),
        ArtefactRolloutHaltCommand.Create(),
        ArtefactRolloutResumeCommand.Create(),
    };

    /// <summary>The argument that names an artefact.</summary>
    public static Argument<string> Name(ArgumentArity arity)
    {
        var name = new Argument<string>("NAME") { Description = "Name of the artefact, as in the manifest.", Arity = arity };
        name.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && (result.Tokens[0].Value.Length is 0 or > MaxName || result.Tokens[0].Value.Any(char.IsControl)))
            {
                result.AddError($"NAME has 1 to {MaxName} characters, and no control characters.");
            }
        });
        return name;
    }

    /// <summary>Prints the rollouts of a name, or says that there is none.</summary>
    public static async Task<int> ShowAsync(RolloutStore rollouts, string name, bool json, ParseResult result, CancellationToken cancellationToken)
    {
        var found = await rollouts.ListAsync(name, cancellationToken);
        if (found.Count == 0 && name.Length > 0)
        {
            await result.InvocationConfiguration.Error.WriteLineAsync($"No order for {name} has gone to a device, and nobody has halted it.");
            return ExitCode.Findings;
        }

        RolloutView.Print([.. found.Select(RolloutView.Of)], json, result.InvocationConfiguration.Output);
        return ExitCode.Ok;
    }
}
