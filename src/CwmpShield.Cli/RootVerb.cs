using System.CommandLine;
using CwmpShield.Cli.Artefacts;
using CwmpShield.Cli.Audit;
using CwmpShield.Cli.Sizing;
using CwmpShield.Cli.WebConsole;

namespace CwmpShield.Cli;

/// <summary><c>cwmpshield</c> with every verb.</summary>
internal static class RootVerb
{
    /// <summary>Creates the verb.</summary>
    public static RootCommand Create() => new("CwmpShield: a security gateway between CPE devices and their ACS (TR-069).")
    {
        ArtefactCommand.Create(),
        AuditCommand.Create(),
        BreakGlassCommand.Create(),
        CertCommand.Create(),
        ConfigCommand.Create(),
        ConnectionRequestCommand.Create(),
        ConsoleCommand.Create(),
        DataModelCommand.Create(),
        DbCommand.Create(),
        DemoCommand.Create(),
        DeviceCommand.Create(),
        ExposureCommand.Create(),
        HeldCommand.Create(),
        InitCommand.Create(),
        InspectCommand.Create(),
        PkiCommand.Create(),
        ReportCommand.Create(),
        RulesCommand.Create(),
        RunCommand.Create(),
        SecretsCommand.Create(),
        SizingCommand.Create(),
        VersionCommand.Create(),
    };
}
