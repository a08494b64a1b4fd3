using System.CommandLine;
using CwmpShield.Cli;
using CwmpShield.Cli.Artefacts;

var root = new RootCommand("CwmpShield: a security gateway between CPE devices and their ACS (TR-069).")
{
    ArtefactCommand.Create(),
    CertCommand.Create(),
    ConfigCommand.Create(),
    ConnectionRequestCommand.Create(),
    DataModelCommand.Create(),
    DbCommand.Create(),
    DemoCommand.Create(),
    DeviceCommand.Create(),
    ExposureCommand.Create(),
    HeldCommand.Create(),
    InitCommand.Create(),
    InspectCommand.Create(),
    PkiCommand.Create(),
    RulesCommand.Create(),
    RunCommand.Create(),
    SecretsCommand.Create(),
    VersionCommand.Create(),
};

var parsed = root.Parse(args);
if (parsed.Errors.Count > 0)
{
    return ExitCode.ReportUsage(parsed.Errors);
}

return await parsed.InvokeAsync();
