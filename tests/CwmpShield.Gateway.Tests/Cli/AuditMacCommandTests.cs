using CwmpShield.Cli;
using CwmpShield.Cli.Audit;
using CwmpShield.Core.Audit;
using CwmpShield.Gateway.Auditing;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.Tests.Storage;

namespace CwmpShield.Gateway.Tests.Cli;

/// <summary><c>audit mac</c>: a value that the ledger does not show is found by its keyed hash.</summary>
public sealed class AuditMacCommandTests : IDisposable
{
    private const string Secret = "hunter2 is no password";
    private readonly TemporaryFolder folder = new();
    private readonly string[] store;

    public AuditMacCommandTests() => store = ["--store", folder.File("registry.db"), "--key-file", folder.Write("key", MasterKey.Create().Export())];

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Prints_the_hash_under_which_search_finds_the_record_and_never_the_value()
    {
        var (code, output, error) = await AuditAsync(["mac", folder.Write("value", Secret + "\nanother line"), .. store]);
        Assert.Equal((ExitCode.Ok, ""), (code, error));
        var mac = output.Trim();
        Assert.Matches("^[0-9a-f]{32}$", mac);
        await WriteAsync(mac);

        var (_, found, _) = await AuditAsync("search", "--mac", mac, "--json", "--store", folder.File("registry.db"));

        Assert.Contains("\"id\":\"wanted\"", Assert.Single(found.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, found + output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Prints_the_same_for_the_same_value_and_another_for_another_and_for_another_store()
    {
        var value = folder.Write("value", Secret);
        var (_, first, _) = await AuditAsync(["mac", value, .. store]);
        var (_, again, _) = await AuditAsync(["mac", value, "--json", .. store]);
        var (_, other, _) = await AuditAsync(["mac", folder.Write("other", Secret + "!"), .. store]);
        var (_, elsewhere, _) = await AuditAsync("mac", value, "--store", folder.File("other.db"), "--key-file", folder.Write("key2", MasterKey.Create().Export()));

        Assert.Contains($"\"mac\":\"{first.Trim()}\"", again, StringComparison.Ordinal);
        Assert.Equal(3, new[] { first, other, elsewhere }.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task Refuses_a_value_that_cannot_be_read_or_is_too_long()
    {
        var (code, output, error) = await AuditAsync(["mac", folder.File("nowhere"), .. store]);
        Assert.Equal((ExitCode.Usage, ""), (code, output));
        Assert.Contains("cannot be read", error, StringComparison.Ordinal);

        (code, output, error) = await AuditAsync(["mac", folder.Write("long", new string('a', 70_000)), .. store]);
        Assert.Equal((ExitCode.Usage, ""), (code, output));
        Assert.Contains("at most 65536", error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Usage, (await AuditAsync(["mac", folder.Write("empty", ""), .. store])).Code);
    }

    private async Task WriteAsync(string mac)
    {
        using var opened = SqliteStore.Open(folder.File("registry.db"));
        foreach (var (id, of) in new[] { ("wanted", mac), ("other", new string('0', 32)) })
        {
            var record = new AuditRecord { At = TimeProvider.System.GetUtcNow(), Kind = AuditKind.OrderIntent, MessageId = id, Parameters = [new AuditParameter("Device.Users.User.1.Password", null, of)] };
            await opened.WriteAsync(
                async commands =>
                {
                    await OperatorAudit.AppendAsync(commands, "gw-1/cli", record);
                    return 0;
                },
                default);
        }
    }

    private static Task<(int Code, string Output, string Error)> AuditAsync(params string[] arguments) => CommandLine.RunAsync(AuditCommand.Create(), arguments);
}
