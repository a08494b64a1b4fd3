using System.CommandLine;
using CwmpShield.Cli;

var parsed = RootVerb.Create().Parse(args);
if (parsed.Errors.Count > 0)
{
    return ExitCode.ReportUsage(parsed.Errors);
}

// The gateway stops in its own time: sessions in progress finish first. Two seconds after SIGTERM would cut them off.
var patience = parsed.CommandResult.Command.Name is "run" ? TimeSpan.FromHours(2) : TimeSpan.FromSeconds(2);
return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = patience });
