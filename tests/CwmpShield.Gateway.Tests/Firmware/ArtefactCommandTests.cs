using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using CwmpShield.Cli;
using CwmpShield.Cli.Artefacts;
using CwmpShield.Gateway.Firmware;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.Tests.Cli;
using CwmpShield.Gateway.Tests.Storage;

namespace CwmpShield.Gateway.Tests.Firmware;

public sealed class ArtefactCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public ArtefactCommandTests()
    {
        folder.Write("fw.bin", new string('f', 100_000));
        Shell("""
            for k in release security; do
              openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out $k.key
              openssl pkey -in $k.key -pubout -out $k.pub
            done
            """);
    }

    private string Manifest => folder.File("artefacts.json");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Adds_signs_verifies_lists_and_shows_a_file()
    {
        var added = await RunAsync(Add());
        Assert.Equal((ExitCode.Ok, ""), (added.Code, added.Error));
        Assert.Equal(ExitCode.Ok, (await RunAsync("sign", Manifest, "--key", folder.File("release.key"))).Code);
        Shell("openssl dgst -sha256 -sign security.key artefacts.json | openssl base64 -A > artefacts.json.security.sig");

        var verified = await RunAsync(["verify", folder.File("fw.bin"), "--manifest", Manifest, .. Signers(), "--required", "2", "--json"]);
        Assert.Equal((ExitCode.Ok, ""), (verified.Code, verified.Error));
        var json = JsonDocument.Parse(verified.Output).RootElement;
        Assert.Equal("fw", json.GetProperty("artefacts")[0].GetString());
        Assert.Equal(2, json.GetProperty("signedBy").GetArrayLength());
        Assert.Contains("fw  ", (await RunAsync("list", "--manifest", Manifest)).Output, StringComparison.Ordinal);
        Assert.Contains("from        >=1.0", (await RunAsync("show", "fw", "--manifest", Manifest)).Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Findings, (await RunAsync("show", "other", "--manifest", Manifest)).Code);
    }

    [Fact]
    public async Task Says_that_what_it_signs_has_expired()
    {
        await RunAsync(Add());
        Assert.Equal("", (await RunAsync("sign", Manifest, "--key", folder.File("release.key"))).Error);
        var text = JsonNode.Parse(await File.ReadAllTextAsync(Manifest))!;
        (text["issued"], text["expires"]) = ("2020-01-01T00:00:00Z", "2020-02-01T00:00:00Z");
        await File.WriteAllTextAsync(Manifest, text.ToJsonString());

        var (code, _, error) = await RunAsync("sign", Manifest, "--key", folder.File("release.key"));

        Assert.Equal(ExitCode.Ok, code);
        Assert.Contains("it has expired on 2020-02-01", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_what_was_not_signed()
    {
        await RunAsync(Add());
        await RunAsync("sign", Manifest, "--key", folder.File("release.key"));
        folder.Write("other.bin", "other");

        Assert.Equal(ExitCode.Denied, (await RunAsync(["verify", "--manifest", Manifest, .. Signers(), "--required", "2"])).Code);
        Assert.Equal(ExitCode.Denied, (await RunAsync(["verify", folder.File("other.bin"), "--manifest", Manifest, .. Signers()])).Code);
        File.AppendAllText(Manifest, " ");
        Assert.Equal(ExitCode.Denied, (await RunAsync(["verify", "--manifest", Manifest, .. Signers()])).Code);
    }

    [Fact]
    public async Task Adds_a_file_only_with_the_signature_that_is_asked_for()
    {
        Shell("openssl dgst -sha256 -sign security.key -out fw.bin.sig fw.bin; openssl dgst -sha256 -sign release.key -out bad.sig artefacts.json 2>/dev/null || echo x > bad.sig");

        Assert.Equal(ExitCode.Denied, (await RunAsync([.. Add(), "--signature", folder.File("bad.sig"), .. Signers()])).Code);
        Assert.False(File.Exists(Manifest));
        Assert.Equal(ExitCode.Ok, (await RunAsync([.. Add(), "--signature", folder.File("fw.bin.sig"), .. Signers(), "--json"])).Code);
        Assert.Contains("signed by   security", (await RunAsync("show", "fw", "--manifest", Manifest)).Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Ok, (await RunAsync(["verify", folder.File("fw.bin"), "--signature", folder.File("fw.bin.sig"), .. Signers()])).Code);
        Assert.Equal(ExitCode.Denied, (await RunAsync([.. Add(), "--replace", "--require-package", .. Signers()])).Code);
    }

    [Fact]
    public async Task Takes_a_package_whose_embedded_signature_covers_all_of_it()
    {
        Shell("""
            openssl req -new -x509 -key security.key -subj /CN=security -addext extendedKeyUsage=codeSigning -addext keyUsage=digitalSignature -out security.crt
            printf 'HEAD 12 bytes' > head; cat head fw.bin > covered
            openssl cms -sign -binary -in covered -signer security.crt -inkey security.key -outform DER -md sha256 -out block
            cat head block fw.bin > package.bin; cat package.bin head > longer.bin
            """);
        var signer = new[] { "--signer", $"security={folder.File("security.crt")}" };

        Assert.Equal(ExitCode.Denied, (await RunAsync([.. Add("longer.bin"), "--require-package", .. signer])).Code);
        var added = await RunAsync([.. Add("package.bin"), "--require-package", .. signer]);
        Assert.Equal((ExitCode.Ok, ""), (added.Code, added.Error));
        Assert.Contains("\"signed-package\": true", File.ReadAllText(Manifest), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replaces_an_artefact_only_when_told_to()
    {
        await RunAsync(Add());
        var refused = await RunAsync(Add());
        Assert.Equal(ExitCode.Usage, refused.Code);
        Assert.Contains("--replace", refused.Error, StringComparison.Ordinal);

        Assert.Equal(ExitCode.Ok, (await RunAsync([.. Add(), "--replace"])).Code);
        Assert.Contains("manifest version 2", (await RunAsync("list", "--manifest", Manifest)).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Withdraws_in_the_store_and_in_the_manifest_and_takes_it_back()
    {
        await RunAsync(Add());
        string[] store = ["--store", folder.File("s.db"), "--key-file", folder.Write("master", MasterKey.Create().Export())];

        Assert.Equal(ExitCode.Ok, (await RunAsync(["withdraw", "fw", "--reason", "bricks", "--manifest", Manifest, .. store])).Code);
        using (var opened = SqliteStore.Open(folder.File("s.db")))
        {
            Assert.Equal([("fw", "bricks")], (await new ArtefactStore(opened).WithdrawnAsync(default)).Select(w => (w.Artefact, w.Reason)));
        }

        Assert.Contains("withdrawn: bricks", (await RunAsync("list", "--manifest", Manifest)).Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Ok, (await RunAsync(["restore", "fw", .. store])).Code);
        Assert.Equal(ExitCode.Findings, (await RunAsync(["restore", "fw", .. store])).Code);
    }

    [Fact]
    public async Task Withdraws_in_the_manifest_by_a_digest_in_capitals()
    {
        await RunAsync(Add());
        var digest = Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(folder.File("fw.bin"))));

        var withdrawn = await RunAsync(
            ["withdraw", digest, "--reason", "bricks", "--manifest", Manifest, "--json", "--store", folder.File("s.db"), "--key-file", folder.Write("master", MasterKey.Create().Export())]);
        Assert.Equal((ExitCode.Ok, ""), (withdrawn.Code, withdrawn.Error));
        Assert.Equal(Manifest, JsonDocument.Parse(withdrawn.Output).RootElement.GetProperty("manifest").GetString());
        Assert.Contains("withdrawn: bricks", (await RunAsync("list", "--manifest", Manifest)).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Signs_urls_and_refuses_long_ones()
    {
        folder.Write("url.secret", new string('a', 64));
        string[] key = ["--key-id", "k1", "--key", folder.File("url.secret"), "--device", "001122-HGW-1"];

        var signed = await RunAsync(["sign-url", "https://cfg.example.net/1.cfg", .. key, "--for", "2h"]);
        Assert.Equal(ExitCode.Ok, signed.Code);
        Assert.StartsWith("https://cfg.example.net/1.cfg?csk=k1&cse=", signed.Output, StringComparison.Ordinal);
        var refused = await RunAsync(["sign-url", "https://cfg.example.net/" + new string('x', 200), .. key]);
        Assert.Equal(ExitCode.Usage, refused.Code);
        Assert.Contains("devices take 256", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shows_how_far_hashing_has_come_where_it_is_asked_for()
    {
        var added = await RunAsync([.. Add(), "--progress"]);

        Assert.Equal(ExitCode.Ok, added.Code);
        Assert.Contains("[##############################] 100 % hashed 0 MiB", added.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("add", "nofile", "--version", "1", "--oui", "001122", "--url", "https://a.example/a")]
    [InlineData("add", "http://a.example/a", "--version", "1", "--oui", "001122")]
    [InlineData("add", "fw.bin", "--version", "1", "--oui", "xyz", "--url", "https://a.example/a")]
    [InlineData("add", "fw.bin", "--version", "1", "--oui", "001122", "--url", "https://a.example./a")]
    [InlineData("add", "fw.bin", "--version", "1", "--oui", "001122", "--url", "https://a.example/a", "--from", ">=")]
    [InlineData("add", "fw.bin", "--version", "1", "--oui", "001122", "--url", "https://a.example/a", "--not-before", "soon")]
    [InlineData("sign", "nofile", "--key", "release.key")]
    [InlineData("verify", "--signer", "x=nofile")]
    [InlineData("withdraw", "a b", "--reason", "x")]
    [InlineData("sign-url", "https://a.example/a", "--key-id", "k", "--key", "nofile", "--device", "001122-1")]
    public async Task Refuses_bad_usage(params string[] arguments)
    {
        var run = await RunAsync([.. arguments.Select(a => a is "fw.bin" or "release.key" ? folder.File(a) : a)]);

        Assert.Equal((ExitCode.Usage, ""), (run.Code, run.Output));
    }

    private string[] Add(string file = "fw.bin") =>
        ["add", folder.File(file), "--manifest", Manifest, "--version", "1.3.0", "--oui", "001122", "--product-class", "HGW", "--url", "https://fw.example.net/" + file, "--from", ">=1.0"];

    private string[] Signers() => ["--signer", $"release={folder.File("release.pub")}", "--signer", $"security={folder.File("security.pub")}"];

    private static Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments) => CommandLine.RunAsync(ArtefactCommand.Create(), arguments);

    private void Shell(string script)
    {
        using var shell = Process.Start(new ProcessStartInfo("bash", ["-euo", "pipefail", "-c", script])
        {
            WorkingDirectory = Path.GetDirectoryName(folder.File("x")),
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;
        var errors = shell.StandardError.ReadToEnd();
        shell.WaitForExit();
        Assert.True(shell.ExitCode == 0, errors);
    }
}
