using System.Text.Json;
using CwmpShield.Cli;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.Tests.Configuration;
using CwmpShield.Gateway.Tests.Storage;

namespace CwmpShield.Gateway.Tests.Cli;

public sealed class DbCommandTests : IDisposable
{
    private readonly ConfigurationLab lab = new();

    public void Dispose() => lab.Dispose();

    [Fact]
    public async Task Migrates_a_database_and_says_how_it_stands()
    {
        var config = WriteConfig(PostgresServer.NewDatabase());

        var before = await CommandLine.RunAsync(DbCommand.Create(), "status", "--config", config);
        var migrated = await CommandLine.RunAsync(DbCommand.Create(), "migrate", "--config", config, "--json");
        var after = await CommandLine.RunAsync(DbCommand.Create(), "status", "--config", config);

        Assert.Equal((ExitCode.Findings, ExitCode.Ok, ExitCode.Ok), (before.Code, migrated.Code, after.Code));
        Assert.Contains("pending   0001-registry", before.Output, StringComparison.Ordinal);
        Assert.Contains("applied   0001-registry", after.Output, StringComparison.Ordinal);
        var first = JsonDocument.Parse(migrated.Output.Split('\n')[0]).RootElement;
        Assert.Equal((1, "0001-registry", "new"), (first.GetProperty("id").GetInt32(), first.GetProperty("name").GetString(), first.GetProperty("standing").GetString()));
    }

    [Fact]
    public async Task Shows_an_embedded_store_and_makes_none_by_looking()
    {
        var absent = await CommandLine.RunAsync(DbCommand.Create(), "status", "--store", lab.At("absent.db"));
        Assert.Equal(ExitCode.Usage, absent.Code);
        Assert.False(File.Exists(lab.At("absent.db")));

        SqliteStore.Open(lab.At("a.db")).Dispose();
        Assert.Equal(ExitCode.Ok, (await CommandLine.RunAsync(DbCommand.Create(), "status", "--store", lab.At("a.db"))).Code);
    }

    [Fact]
    public async Task Says_that_a_server_is_not_there()
    {
        var config = WriteConfig("Host=127.0.0.1;Port=1;Username=x;Database=x;Timeout=2");
        var (code, _, error) = await CommandLine.RunAsync(DbCommand.Create(), "status", "--config", config);
        Assert.Equal(ExitCode.Usage, code);
        Assert.Contains("PostgreSQL store cannot be used", error, StringComparison.Ordinal);
    }

    private string WriteConfig(string database)
    {
        lab.Write("db.password", PostgresServer.Password);
        lab.Keys["CwmpShield:Store:Engine"] = "postgresql";
        lab.Keys["CwmpShield:Store:ConnectionString"] = database;
        lab.Keys["CwmpShield:Store:PasswordFile"] = "db.password";
        lab.WriteJson("appsettings.json");
        return lab.At("appsettings.json");
    }
}
