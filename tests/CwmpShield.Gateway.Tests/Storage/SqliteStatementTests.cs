using CwmpShield.Gateway.Storage;

namespace CwmpShield.Gateway.Tests.Storage;

/// <summary>Statements that are kept compiled: nothing of one write is in the next.</summary>
public sealed class SqliteStatementTests : IDisposable
{
    private const string Insert = "INSERT INTO setting (name, value) VALUES (@name, @value)";
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Takes_the_values_of_each_write_whatever_order_they_come_in()
    {
        using var store = SqliteStore.Open(folder.File("a.db"));
        await store.WriteAsync(commands => commands.ExecuteAsync(Insert, ("@name", "t1"), ("@value", "one")), default);
        await store.WriteAsync(commands => commands.ExecuteAsync(Insert, ("@value", "two"), ("@name", "t2")), default);
        await store.WriteAsync(commands => commands.ExecuteAsync(Insert, ("@name", "t3"), ("@value", "three")), default);
        Assert.Equal("one two three", await TextAsync(store));
    }

    [Fact]
    public async Task Goes_on_with_a_statement_that_has_failed()
    {
        using var store = SqliteStore.Open(folder.File("a.db"));
        await store.WriteAsync(commands => commands.ExecuteAsync(Insert, ("@name", "t1"), ("@value", "one")), default);
        await Assert.ThrowsAsync<RegistryUnavailableException>(async () =>
            await store.WriteAsync(commands => commands.ExecuteAsync(Insert, ("@name", "t1"), ("@value", "again")), default));
        await store.WriteAsync(commands => commands.ExecuteAsync(Insert, ("@name", "t2"), ("@value", "two")), default);
        Assert.Equal("one two", await TextAsync(store));
    }

    [Fact]
    public async Task Undoes_alone_what_fails_alone_and_in_company()
    {
        using var store = SqliteStore.Open(folder.File("a.db"));
        var writes = Enumerable.Range(0, 40).Select(i => Task.Run(() => WriteAsync(store, i))).ToList();
        await Task.WhenAll(writes);
        await WriteAsync(store, 41);
        Assert.Equal(string.Join(' ', Enumerable.Range(0, 40).Where(i => i % 2 == 0).Select(i => $"v{i}").Order(StringComparer.Ordinal)), await TextAsync(store));
    }

    /// <summary>Writes; every other one fails when it has written.</summary>
    private static async Task WriteAsync(SqliteStore store, int number)
    {
        try
        {
            await store.WriteAsync(
                async commands =>
                {
                    await commands.ExecuteAsync(Insert, ("@name", $"t{number}"), ("@value", $"v{number}"));
                    return number % 2 == 0 ? number : throw new InvalidOperationException();
                },
                default);
        }
        catch (InvalidOperationException) when (number % 2 != 0)
        {
        }
    }

    private static async Task<string> TextAsync(SqliteStore store) => string.Join(' ', (await store.ReadAsync(
        commands => commands.QueryAsync("SELECT name, value FROM setting WHERE name LIKE 't%'", row => (Name: row.GetString(0), Value: row.GetString(1))), default))
        .OrderBy(row => row.Name, StringComparer.Ordinal).Select(row => row.Value));
}
