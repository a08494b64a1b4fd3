using System.CommandLine;
using CwmpShield.Cli;

var parsed = RootVerb.Create().Parse(args);
if (parsed.Errors.Count > 0)
{
    return ExitCode.ReportUsage(parsed.Errors);
}

// The gateway stops in its own time, and its host alone hears the signal: two that hear it ended the process in its first moments.
var isGateway = parsed.CommandResult.Command.Name is "run";
return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = isGateway ? null : TimeSpan.FromSeconds(2) });
