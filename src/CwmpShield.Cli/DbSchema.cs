using System.CommandLine;
using System.Text.Json;
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
    public static async Task<int> RunAsync(
        Work work, string? store, string? config, bool json, InvocationConfiguration console, CancellationToken cancellationToken)
    {
        var place = new StoreOptions { Path = store ?? "" };
        if (store is null)
        {
            var configuration = GatewayConfiguration.Load(config);
            if (configuration.Errors.Count > 0)
            {
                return ConfigOption.Report(configuration, console.Error);
            }

            place = configuration.Options.Store;
        }

        try
        {
            var states = await work(place, cancellationToken);
            Print(states, json, console.Output);
            return states.All(state => state.Standing is MigrationStanding.Applied or MigrationStanding.New) ? ExitCode.Ok : ExitCode.Findings;
        }
        catch (StoreException problem)
        {
            await console.Error.WriteLineAsync(problem.Message);
            return ExitCode.Usage;
        }
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
