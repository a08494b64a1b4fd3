using System.CommandLine;
using System.Security.Cryptography;
using System.Text.Json;
using CwmpShield.Cli;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.WebConsole.Accounts;

namespace CwmpShield.Console.Tests;

public sealed class ConsoleVerbTests : IAsyncLifetime
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("cwmpshield-verbs-");

    public async Task InitializeAsync()
    {
        await File.WriteAllTextAsync(At("rules.yaml"), "cwmpshield: 1\nrules: []\n");
        await File.WriteAllTextAsync(At("master.key"), Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        File.SetUnixFileMode(At("master.key"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await File.WriteAllTextAsync(
            At("appsettings.json"),
            """
            {
              "CwmpShield": {
                "Listeners": [ { "Port": 0, "AllowPlaintext": true } ],
                "Rules": { "Path": "rules.yaml" },
                "Store": { "Path": "registry.db", "KeyFile": "master.key" }
              },
              "ReverseProxy": { "Clusters": { "acs": { "Destinations": { "one": { "Address": "http://127.0.0.1:9/" } } } } }
            }
            """);
        await File.WriteAllTextAsync(At("secret"), "correct horse battery\n");
        await File.WriteAllTextAsync(At("weak"), "short\n");
    }

    public Task DisposeAsync()
    {
        folder.Delete(recursive: true);
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Makes_the_first_account_disables_and_removes_it()
    {
        Assert.Equal((0, "olaf may sign in as operator."), await ConsoleAsync("user", "add", "olaf", "--role", "operator", "--password-file", At("secret")));
        Assert.Equal(1, (await ConsoleAsync("user", "add", "olaf", "--role", "viewer", "--password-file", At("secret"))).Exit);
        Assert.Equal(2, (await ConsoleAsync("user", "add", "vera", "--role", "viewer", "--password-file", At("weak"))).Exit);
        Assert.Equal(2, (await ConsoleAsync("user", "add", "vera", "--role", "viewer")).Exit);
        Assert.Equal(2, (await ConsoleAsync("user", "add", "Vera!", "--role", "viewer", "--password-file", At("secret"))).Exit);
        Assert.Equal(0, (await ConsoleAsync("user", "disable", "olaf")).Exit);
        var listed = JsonDocument.Parse((await ConsoleAsync("user", "list", "--json")).Output).RootElement;
        Assert.Equal(("olaf", "disabled", "operator"), (listed.GetProperty("name").GetString(), listed.GetProperty("status").GetString(), listed.GetProperty("role").GetString()));
        Assert.Equal(0, (await ConsoleAsync("user", "enable", "olaf")).Exit);
        var changed = JsonDocument.Parse((await ConsoleAsync("user", "password", "olaf", "--generate-password", "--json")).Output).RootElement;
        Assert.Equal(24, changed.GetProperty("password").GetString()!.Length);
        Assert.Equal(0, (await ConsoleAsync("user", "remove", "olaf")).Exit);
        Assert.Equal(1, (await ConsoleAsync("user", "remove", "olaf")).Exit);
    }

    [Fact]
    public async Task Shows_a_token_once()
    {
        var (exit, token) = await ConsoleAsync("token", "create", "prometheus", "--expires", "90d");
        Assert.Equal(0, exit);
        Assert.StartsWith("cwsh_", token, StringComparison.Ordinal);
        Assert.Equal(1, (await ConsoleAsync("token", "create", "prometheus")).Exit);
        Assert.DoesNotContain(token, (await ConsoleAsync("token", "list", "--json")).Output, StringComparison.Ordinal);
        using (var store = SqliteStore.Open(Directory.GetFiles(folder.FullName, "*.db").Single()))
        {
            Assert.NotNull(await new TokenStore(store, TimeProvider.System).FindAsync(token, default));
        }

        Assert.Equal(0, (await ConsoleAsync("token", "revoke", "prometheus")).Exit);
        Assert.Equal("", (await ConsoleAsync("token", "list", "--json")).Output);
    }

    private string At(string name) => Path.Combine(folder.FullName, name);

    private Task<(int Exit, string Output)> ConsoleAsync(params string[] arguments) =>
        RunAsync(["console", .. arguments, "--config", At("appsettings.json")]);

    private static async Task<(int Exit, string Output)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var parsed = RootVerb.Create().Parse(arguments);
        var exit = parsed.Errors.Count > 0 ? 2 : await parsed.InvokeAsync(new InvocationConfiguration { Output = output, Error = error });
        return (exit, output.ToString().Trim());
    }
}
