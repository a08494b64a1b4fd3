using System.CommandLine;

namespace CwmpShield.Cli;

/// <summary><c>cwmpshield exposure</c>: what this operator's devices show to whoever reaches them.</summary>
internal static class ExposureCommand
{
    /// <summary>Creates the verb with its own verbs.</summary>
    public static Command Create() => new("exposure", "Looks at what this operator's devices show at their connection-request endpoints.") { ExposureScanCommand.Create() };
}
