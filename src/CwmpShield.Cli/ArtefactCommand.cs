using System.CommandLine;

namespace CwmpShield.Cli;

/// <summary><c>cwmpshield artefact …</c>: files that devices may be told to fetch.</summary>
internal static class ArtefactCommand
{
    /// <summary>Creates the verb.</summary>
    public static Command Create() => new("artefact", "Manages files that devices may be told to fetch.")
    {
        ArtefactRolloutCommand.Create(),
    };
}
