using System.Text.Json;
using CwmpShield.Cli;
using CwmpShield.Gateway.DeviceImport;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.Tests.Cli;
using CwmpShield.Gateway.Tests.Storage;

namespace CwmpShield.Gateway.Tests.DeviceImport;

/// <summary>The verbs that take a whole fleet in and out.</summary>
public sealed class FleetCommandTests : IDisposable
{
    private const string Key = "7d865e959b2466918c9863afca942d0fb89d7c9ac0c99bafc3749504ded97730";
    private readonly TemporaryFolder folder = new();
    private readonly string keyFile;

    public FleetCommandTests() => keyFile = folder.Write("key", MasterKey.Create().Export());

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("csv")]
    [InlineData("jsonl")]
    public async Task What_is_exported_is_imported_again_as_it_was(string format)
    {
        var fleet = folder.Write(
            "fleet.jsonl",
            $$"""
            {"oui":"00AABB","productClass":"=HGW","serialNumber":"-S,\"1\"","user":"'=u","password":"'=pw,\"x\";9 ","groups":["a","b"],"boundKeys":["{{Key}}"],"status":"bootstrap","requiredStrength":"password-over-tls","model":"@M","requestUser":"cr","requestPassword":"-kw8vTz2Lq0"}
            {"oui":"00AABB","serialNumber":"S2","ha1":"00112233445566778899aabbccddeeff","realm":"r"}
            {"oui":"00AABB","serialNumber":"S3"}
            """);
        Assert.Equal((0, ""), Quiet(await DeviceAsync("a.db", "import", fleet)));
        var file = folder.File("out." + format);
        var exported = await DeviceAsync("a.db", "export", "--format", format, "--with-secrets", "--out", file);
        Assert.Equal(0, exported.Code);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.Equal((0, ""), Quiet(await DeviceAsync("b.db", "import", file)));
        var again = folder.File("again." + format);
        await DeviceAsync("b.db", "export", "--format", format, "--with-secrets", "--out", again);
        Assert.Equal(await File.ReadAllTextAsync(file), await File.ReadAllTextAsync(again));
        var summary = JsonDocument.Parse((await DeviceAsync("b.db", "import", fleet, "--json")).Output).RootElement;
        Assert.Equal(3, summary.GetProperty("unchanged").GetInt32());
    }

    [Fact]
    public async Task Exports_no_secret_unless_it_is_asked_for_and_never_over_a_file()
    {
        await DeviceAsync("a.db", "import", folder.Write("f.csv", "oui,serial,password\n00AABB,S1,X7ugN3vKq2p9\n"));
        foreach (var format in new[] { "csv", "jsonl" })
        {
            var plain = await DeviceAsync("a.db", "export", "--format", format);
            Assert.Contains("S1", plain.Output, StringComparison.Ordinal);
            Assert.DoesNotContain("X7ugN3vKq2p9", plain.Output, StringComparison.Ordinal);
        }

        Assert.Equal(ExitCode.Usage, (await DeviceAsync("a.db", "export", "--with-secrets")).Code);
        Assert.Equal(ExitCode.Usage, (await DeviceAsync("a.db", "export", "--with-secrets", "--out", folder.Write("there", "x"))).Code);
        Assert.Equal("x", await File.ReadAllTextAsync(folder.File("there")));
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("'=1", "''=1")]
    [InlineData("'a", "'a")]
    [InlineData("a=1", "a=1")]
    [InlineData("", "")]
    public void Guards_formulas_so_that_they_come_back(string text, string guarded)
    {
        Assert.Equal(guarded, FormulaGuard.Add(text));
        Assert.Equal(text, FormulaGuard.Remove(guarded));
    }

    [Fact]
    public async Task Says_what_is_wrong_with_an_import_and_where()
    {
        Assert.Equal(ExitCode.Usage, (await DeviceAsync("a.db", "import", folder.File("none.csv"))).Code);
        Assert.Equal(ExitCode.Usage, (await DeviceAsync("a.db", "import", "-")).Code);
        var header = await DeviceAsync("a.db", "import", folder.Write("h.csv", "oui;colour\n"));
        Assert.Equal(ExitCode.Usage, header.Code);
        Assert.Contains("h.csv:1: colour: expected a header", header.Error, StringComparison.Ordinal);
        var own = folder.Write("own.csv", "oui,serial\n00AABB,1\n");
        Assert.Equal(ExitCode.Usage, (await DeviceAsync("a.db", "import", own, "--report", own)).Code);
        Assert.StartsWith("oui", await File.ReadAllTextAsync(own), StringComparison.Ordinal);
        var left = await DeviceAsync("a.db", "import", folder.Write("l.csv", "oui,serial\nx,1\n00AABB,2\n"));
        Assert.Equal(ExitCode.Findings, left.Code);
        Assert.Contains("l.csv:2: oui: expected six hexadecimal digits", left.Error, StringComparison.Ordinal);
        Assert.Contains("1 added", left.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Binds_rotates_and_audits()
    {
        await DeviceAsync("a.db", "import", folder.Write("f.csv", "oui,serial,password\n00AABB,S1,X7ugN3vKq2p9\n00AABB,S2,X7ugN3vKq2p9\n"));
        Assert.Equal(ExitCode.Findings, (await SecretsAsync("audit")).Code);
        Assert.Contains("S2", (await DeviceAsync("a.db", "list", "--reused")).Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Ok, (await DeviceAsync("a.db", "bind", "00AABB-S1", "--spki", Key.ToUpperInvariant())).Code);
        Assert.Contains(Key, (await DeviceAsync("a.db", "show", "00AABB-S1")).Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Findings, (await DeviceAsync("a.db", "bind", "00AABB-S2", "--spki", Key)).Code);
        Assert.Equal(ExitCode.Ok, (await DeviceAsync("a.db", "unbind", "00AABB-S1", "--spki", Key)).Code);
        Assert.Equal(ExitCode.Findings, (await DeviceAsync("a.db", "unbind", "00AABB-S1", "--spki", Key)).Code);
        Assert.Equal(ExitCode.Usage, (await DeviceAsync("a.db", "bind", "00AABB-S1")).Code);
        Assert.Equal(ExitCode.Usage, (await DeviceAsync("a.db", "rotate", "00AABB-S1")).Code);
        Assert.Equal(ExitCode.Usage, (await DeviceAsync("a.db", "rotate", "00AABB-S1", "--password-file", folder.Write("p", "admin"))).Code);
        var rotated = JsonDocument.Parse((await DeviceAsync("a.db", "rotate", "00AABB-S1", "--generate-password", "--window", "00:00:00", "--json")).Output).RootElement;
        Assert.Equal(24, rotated.GetProperty("password").GetString()!.Length);
        Assert.Equal(ExitCode.Findings, (await DeviceAsync("a.db", "rotate", "00AABB-S9", "--generate-password")).Code);
    }

    [Fact]
    public async Task Rotates_the_key_by_generating_one_and_refuses_one_that_is_not_there()
    {
        await DeviceAsync("a.db", "import", folder.Write("f.csv", "oui,serial,password\n00AABB,S1,X7ugN3vKq2p9\n"));
        Assert.Equal(ExitCode.Usage, (await SecretsAsync("rotate", "--to", "0123456789abcdef")).Code);
        Assert.Equal(ExitCode.Usage, (await SecretsAsync("rotate", "--to", "0123456789abcdef", "--generate")).Code);
        var old = await File.ReadAllTextAsync(keyFile);
        Assert.Equal(ExitCode.Ok, (await SecretsAsync("rotate", "--generate")).Code);
        Assert.Equal(2, (await File.ReadAllLinesAsync(keyFile)).Length);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(keyFile));
        Assert.Equal(ExitCode.Ok, (await SecretsAsync("audit")).Code);
        folder.Write("key", old);
        var lost = await SecretsAsync("status");
        Assert.Equal(ExitCode.Usage, lost.Code);
        Assert.Contains("sealed under the key", lost.Error, StringComparison.Ordinal);
    }

    private static (int Code, string Error) Quiet((int Code, string Output, string Error) run) => (run.Code, run.Error);

    private Task<(int Code, string Output, string Error)> DeviceAsync(string store, params string[] arguments) =>
        CommandLine.RunAsync(DeviceCommand.Create(), [.. arguments, "--store", folder.File(store), "--key-file", keyFile]);

    private Task<(int Code, string Output, string Error)> SecretsAsync(params string[] arguments) =>
        CommandLine.RunAsync(SecretsCommand.Create(), [.. arguments, "--store", folder.File("a.db"), "--key-file", keyFile]);
}
