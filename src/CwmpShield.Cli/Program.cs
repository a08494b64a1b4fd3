using CwmpShield.Cli;

var parsed = RootVerb.Create().Parse(args);
if (parsed.Errors.Count > 0)
{
    return ExitCode.ReportUsage(parsed.Errors);
}

return await parsed.InvokeAsync();
