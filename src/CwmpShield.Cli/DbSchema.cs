using System.CommandLine;
using System.Text.Json;
using CwmpShield.Gateway.Auditing;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Storage;

namespace CwmpShield.Cli;

/// <summary>The work of <c>cwmpshield db</c> on either engine.</summary>
internal static class DbSchema
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Does something to the schema and tells how the store stands to every script.</summary>
    public delegate Task<IReadOnlyList<MigrationState>> Work(StoreOptions place, CancellationToken cancellationToken);

    /// <summary>Applies what is missing.</summary>
    public static Task<IReadOnlyList<MigrationState>> MigrateAsync(StoreOptions place, CancellationToken cancellationToken) =>
        place.Engine == StoreEngine.Postgresql
            ? PostgresStore.MigrateAsync(place.ConnectionString, StoreFactory.Password(place), cancellationToken)
            : SqliteStore.MigrateAsync(place.Path, cancellationToken);

    /// <summary>Looks, and changes nothing.</summary>
    public static Task<IReadOnlyList<MigrationState>> StatusAsync(StoreOptions place, CancellationToken cancellationToken) =>
        place.Engine == StoreEngine.Postgresql
            ? PostgresStore.StatusAsync(place.ConnectionString, StoreFactory.Password(place), cancellationToken)
            : SqliteStore.StatusAsync(place.Path, cancellationToken);

    /// <summary>Finds the store, works and prints; what goes wrong is printed and becomes the exit code.</summary>
    public static async Task<int> RunAsync(Work work, string? store, string? config, bool json, ParseResult result, CancellationToken cancellationToken)
    {
        var console = result.InvocationConfiguration;
        var (place, node) = (new StoreOptions { Path = store ?? "" }, AuditOptions.DefaultNode);
        if (store is null)
        {
            var configuration = GatewayConfiguration.Load(config);
            if (configuration.Errors.Count > 0)
            {
                return ConfigOption.Report(configuration, console.Error);
            }

            (place, node) = (configuration.Options.Store, configuration.Options.Audit.Node);
        }

        try
        {
            var states = await work(place, cancellationToken);
            Print(states, json, console.Output);
            if (!await RecordAsync(states, place, node, result))
            {
                return ExitCode.Findings;
            }

            return states.All(state => state.Standing is MigrationStanding.Applied or MigrationStanding.New) ? ExitCode.Ok : ExitCode.Findings;
        }
        catch (StoreException problem)
        {
            await console.Error.WriteLineAsync(problem.Message);
            return ExitCode.Usage;
        }
    }

    /// <summary>Records which scripts were applied; only afterwards, because the ledger itself may be among them.</summary>
    private static async Task<bool> RecordAsync(IReadOnlyList<MigrationState> states, StoreOptions place, string node, ParseResult result)
    {
        string[] applied = [.. states.Where(state => state.Standing == MigrationStanding.New).Select(state => state.Name)];
        if (applied.Length == 0)
        {
            return true;
        }

        using var store = StoreFactory.Open(place);
        return await new OperatorRecord(new OperatorAudit(store, node), result).DoneAsync(new ChangeSubject("schema"), string.Join(' ', applied));
    }

    private static void Print(IReadOnlyList<MigrationState> states, bool json, TextWriter output)
    {
        foreach (var state in states)
        {
            output.WriteLine(json
                ? JsonSerializer.Serialize(new { state.Id, state.Name, Standing = Word(state.Standing) }, Json)
                : $"{Word(state.Standing),-8}  {state.Name}");
        }
    }

    private static string Word(MigrationStanding standing) => standing switch
    {
        MigrationStanding.Applied => "applied",
        MigrationStanding.New => "new",
        MigrationStanding.Pending => "pending",
        MigrationStanding.Unknown => "unknown",
        _ => "changed",
    };
}
