using System.CommandLine;

namespace CwmpShield.Cli;

/// <summary><c>cwmpshield db migrate|status|backup|restore</c>: the schema of the store, and copies of it.</summary>
internal static class DbCommand
{
    private const string MigrateText = """
        Brings the store to the schema of this version; what is applied already stays as it is.

        A PostgreSQL database is migrated before the nodes of a new version start: they only look whether it fits.
        An SQLite file is also brought up to date whenever it is opened.

        Example:
          cwmpshield db migrate --config appsettings.json
        """;

    private const string StatusText = """
        Lists the scripts of this version and of the store, and how the store stands to each. Changes nothing.
        Exit code 0 when the store fits this version, 1 when it has to be migrated or was made by another version.

        Example:
          cwmpshield db status --json
        """;

    /// <summary>Creates the verb.</summary>
    public static Command Create()
    {
        var command = new Command("db", "Shows and brings up to date the schema of the store, and copies it.")
        {
            Verb("migrate", MigrateText, DbSchema.MigrateAsync),
            Verb("status", StatusText, DbSchema.StatusAsync),
        };
        foreach (var verb in DbBackupCommand.All())
        {
            command.Subcommands.Add(verb);
        }

        return command;
    }

    private static Command Verb(string name, string text, DbSchema.Work work)
    {
        var json = new Option<bool>("--json") { Description = "Prints one JSON object a line." };
        var store = new Option<string?>("--store") { Description = "SQLite file, in place of the configuration.", HelpName = "FILE" };
        var config = ConfigOption.Create();
        var command = new Command(name, text) { store, config, json };
        command.SetAction((result, cancellationToken) => DbSchema.RunAsync(
            work, result.GetValue(store), result.GetValue(config), result.GetValue(json), result, cancellationToken));
        return command;
    }
}
