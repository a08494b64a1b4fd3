using System.CommandLine;
using System.Security.Cryptography;
using CwmpShield.Cli;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Firmware;
using Microsoft.Playwright;

namespace CwmpShield.Console.Tests;

/// <summary>The page of artefacts beside a manifest that the command line's own verbs have made and signed.</summary>
[Collection(BrowserCollection.Name)]
public sealed class ArtefactPageTests(Browser browser) : IAsyncLifetime
{
    private const string Hostile = "<img src=x onerror=alert(5)>";
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("cwmpshield-artefacts-");

    private string Manifest => At("artefacts.json");

    public async Task InitializeAsync()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await File.WriteAllTextAsync(At("release.key"), key.ExportPkcs8PrivateKeyPem());
        await File.WriteAllTextAsync(At("release.pub"), key.ExportSubjectPublicKeyInfoPem());
        await AddAsync("hgw-1.3.0", "1.3.0");
        await AddAsync("hgw-1.2.0", "1.2.0");
        await AddAsync("hgw-2.0.0", "2.0.0", "--not-before", "2099-01-01T00:00:00Z");
        await VerbAsync("sign", Manifest, "--key", At("release.key"));
    }

    public Task DisposeAsync()
    {
        folder.Delete(recursive: true);
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Shows_who_signed_the_manifest_and_how_each_file_stands()
    {
        await using var lab = await StartAsync();
        await new ArtefactStore(lab.Store).WithdrawAsync(new Withdrawal("hgw-1.2.0", Hostile, TimeProvider.System.GetUtcNow(), "root"), default);
        await using var vera = await (await browser.VisitAsync(lab)).SignInAsync(ConsoleLab.Viewer);
        await vera.Page.GetByRole(AriaRole.Link, new() { Name = "Artefacts", Exact = true }).ClickAsync();

        // A withdrawal is heard of within some seconds.
        while (!(await vera.Page.InnerTextAsync("main")).Contains("withdrawn", StringComparison.Ordinal))
        {
            await vera.Page.ReloadAsync();
        }

        var facts = await vera.Page.InnerTextAsync("main .manifest");
        Assert.Contains("version 3, issued", facts, StringComparison.Ordinal);
        Assert.Contains("release", facts, StringComparison.Ordinal);
        Assert.Contains("in force", facts, StringComparison.Ordinal);
        Assert.Contains(Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(Manifest))), facts, StringComparison.Ordinal);
        Assert.Contains("may be given", await RowAsync(vera, "hgw-1.3.0"), StringComparison.Ordinal);
        Assert.Contains(Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(At("hgw-1.3.0")))), await RowAsync(vera, "hgw-1.3.0"), StringComparison.Ordinal);
        Assert.Contains("https://fw.example.net/hgw-1.3.0", await RowAsync(vera, "hgw-1.3.0"), StringComparison.Ordinal);
        Assert.Contains("not yet", await RowAsync(vera, "hgw-2.0.0"), StringComparison.Ordinal);
        Assert.Contains(Hostile, await RowAsync(vera, "hgw-1.2.0"), StringComparison.Ordinal);
        Assert.Equal("", await vera.AccessibilityAsync());
        Assert.Empty(vera.Complaints);
    }

    [Fact]
    public async Task Finds_a_file_by_name_version_and_hash()
    {
        await using var lab = await StartAsync();
        using var anna = await ConsoleClient.SignedInAsync(lab, ConsoleLab.Auditor);
        var hash = Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(At("hgw-2.0.0"))));
        foreach (var question in new[] { "HGW-2", "2.0.0", hash[..12] })
        {
            var page = await anna.TextAsync("/artefacts?q=" + question);
            Assert.Contains("hgw-2.0.0", page, StringComparison.Ordinal);
            Assert.DoesNotContain("hgw-1.3.0", page, StringComparison.Ordinal);
        }

        Assert.Contains("No artefact fits", await anna.TextAsync("/artefacts?q=nothing"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shows_nothing_of_a_manifest_that_was_changed_after_it_was_signed()
    {
        await File.AppendAllTextAsync(Manifest, " ");
        await using var lab = await StartAsync();
        using var anna = await ConsoleClient.SignedInAsync(lab, ConsoleLab.Auditor);

        var page = await anna.TextAsync("/artefacts");

        Assert.Contains("No signed manifest is in force. Every transfer of a file that it should vouch for is refused.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("hgw-1.3.0", page, StringComparison.Ordinal);
    }

    private Task<ConsoleLab> StartAsync() => ConsoleLab.StartAsync(artefacts: new ArtefactOptions
    {
        ManifestPath = Manifest,
        Signers = [new ArtefactSignerOptions { Name = "release", File = At("release.pub") }],
    });

    private static Task<string> RowAsync(Visitor visitor, string name) => visitor.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = name }).First.InnerTextAsync();

    private async Task AddAsync(string name, string version, params string[] more)
    {
        await File.WriteAllTextAsync(At(name), "image " + version);
        await VerbAsync(["add", At(name), "--name", name, "--manifest", Manifest, "--version", version, "--oui", "00D09E", "--product-class", "HGW", "--url", "https://fw.example.net/" + name, .. more]);
    }

    private static async Task VerbAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        var exit = await RootVerb.Create().Parse(["artefact", .. arguments]).InvokeAsync(new InvocationConfiguration { Output = output, Error = output });
        Assert.True(exit == ExitCode.Ok, output.ToString());
    }

    private string At(string name) => Path.Combine(folder.FullName, name);
}
