using System.CommandLine;

namespace CwmpShield.Cli.Artefacts;

/// <summary><c>cwmpshield artefact</c>: what devices may be told to fetch.</summary>
internal static class ArtefactCommand
{
    /// <summary>Creates the verb with its own verbs.</summary>
    public static Command Create() => new("artefact", "Lists, signs, verifies, rolls out and withdraws the files that devices may be told to fetch.")
    {
        ArtefactAddCommand.Create(),
        ArtefactSignCommand.Create(),
        ArtefactVerifyCommand.Create(),
        ArtefactListCommand.Create(),
        ArtefactShowCommand.Create(),
        ArtefactWithdrawCommand.Create(),
        ArtefactRestoreCommand.Create(),
        ArtefactSignUrlCommand.Create(),
        ArtefactRolloutCommand.Create(),
    };
}
