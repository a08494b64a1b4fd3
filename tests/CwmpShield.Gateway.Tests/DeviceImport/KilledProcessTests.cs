using System.Globalization;
using System.Text;
using System.Text.Json;
using CwmpShield.Core.Identity;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.Storage.Secrets;
using CwmpShield.Gateway.Tests.Configuration;
using CwmpShield.Gateway.Tests.Storage;

namespace CwmpShield.Gateway.Tests.DeviceImport;

/// <summary>Real processes, killed in the middle of their work.</summary>
public sealed class KilledProcessTests : IDisposable
{
    private const int Devices = 30_000;
    private readonly TemporaryFolder folder = new();
    private readonly string store;
    private readonly string keyFile;

    public KilledProcessTests()
    {
        store = folder.File("registry.db");
        keyFile = folder.Write("key", MasterKey.Create().Export());
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task An_import_that_is_killed_goes_on_and_nothing_is_lost_or_half_there()
    {
        var file = Fleet();
        await KillAsync("added", "device", "import", file, "--progress", "--report", folder.File("report"));
        var before = await CountAsync("SELECT count(*) FROM device");
        Assert.InRange(before, 1, Devices - 1);
        Assert.Equal(before, await CountAsync("SELECT count(*) FROM device_secret WHERE purpose = 'login'"));
        Assert.Equal(before, await CountAsync("SELECT count(*) FROM device_group"));

        var (code, output, error) = await RunAsync("device", "import", file, "--resume", "--report", folder.File("report"), "--json");
        Assert.True(code == 1, error);
        var summary = JsonDocument.Parse(output).RootElement;
        Assert.Equal((Devices + 1, Devices, 1), (summary.GetProperty("lines").GetInt64(), summary.GetProperty("added").GetInt64(), summary.GetProperty("leftOut").GetInt64()));
        Assert.True(summary.GetProperty("resumedAfter").GetInt64() >= before);
        Assert.Equal(Devices, await CountAsync("SELECT count(*) FROM device_secret WHERE purpose = 'login'"));
        Assert.Single(await File.ReadAllLinesAsync(folder.File("report")));
    }

    [Fact]
    public async Task A_rotation_that_is_killed_goes_on_while_both_keys_open_everything()
    {
        Assert.Equal(1, (await RunAsync("device", "import", Fleet())).Exit);
        var old = MasterKey.Read(keyFile);
        await KillAsync("secrets", "secrets", "rotate", "--generate", "--progress");
        var ring = KeyRing.Read(new KeySource.InFile(keyFile));
        Assert.Equal(old.Id, ring.Keys[0].Id);
        using (var opened = SqliteStore.Open(store))
        {
            var registry = await StoredDeviceRegistry.OpenAsync(opened, ring);
            Assert.Equal(ring.Newest.Id, registry.Seal.CurrentKey);
            Assert.Equal("Pw-0-abcdef", await PasswordAsync(registry, 0));
            Assert.Equal($"Pw-{Devices - 1}-abcdef", await PasswordAsync(registry, Devices - 1));
        }

        var status = await RunAsync("secrets", "status", "--json");
        Assert.Equal(2, status.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        var rotated = await RunAsync("secrets", "rotate");
        Assert.Equal((0, ""), (rotated.Exit, rotated.Error));
        Assert.Contains($"The key {old.Id} seals nothing any more", rotated.Output, StringComparison.Ordinal);
        folder.Write("key", ring.Newest.Export());
        Assert.Contains("current", (await RunAsync("secrets", "status")).Output, StringComparison.Ordinal);
        using var last = SqliteStore.Open(store);
        Assert.Equal("Pw-17-abcdef", await PasswordAsync(await StoredDeviceRegistry.OpenAsync(last, MasterKey.Read(keyFile)), 17));
        await Assert.ThrowsAsync<StoreException>(() => StoredDeviceRegistry.OpenAsync(last, old));
    }

    private static async Task<string> PasswordAsync(StoredDeviceRegistry registry, int number)
    {
        var record = await registry.FindAsync(new("00AABB", "HGW", $"S{number}"), default);
        return Encoding.UTF8.GetString(((StoredSecret.Password)record!.Secret!).Utf8.Span);
    }

    private string Fleet()
    {
        var text = new StringBuilder("oui,productClass,serial,password,groups\n00AABB,HGW,bad,admin,g\n");
        for (var i = 0; i < Devices; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"00AABB,HGW,S{i},Pw-{i}-abcdef,g\n");
        }

        return folder.Write("fleet.csv", text.ToString());
    }

    /// <summary>Runs a verb and kills it as soon as it has told of progress.</summary>
    private async Task KillAsync(string word, params string[] arguments)
    {
        using var process = CommandLine.Start([.. arguments, "--store", store, "--key-file", keyFile]);
        while (await process.StandardError.ReadLineAsync() is { } line && !line.Contains(word, StringComparison.Ordinal))
        {
        }

        process.Kill();
        await process.WaitForExitAsync();
    }

    private Task<(int Exit, string Output, string Error)> RunAsync(params string[] arguments) =>
        CommandLine.RunAsync([.. arguments, "--store", store, "--key-file", keyFile]);

    private async Task<long> CountAsync(string sql)
    {
        using var opened = SqliteStore.Open(store);
        return (long)(await opened.ReadAsync(commands => commands.ScalarAsync(sql), default))!;
    }
}
