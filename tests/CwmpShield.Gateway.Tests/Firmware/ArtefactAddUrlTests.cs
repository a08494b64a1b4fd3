using System.Security.Cryptography;
using CwmpShield.Cli;
using CwmpShield.Cli.Artefacts;
using CwmpShield.Gateway.Tests.Cli;
using CwmpShield.Gateway.Tests.Mirror;
using CwmpShield.Gateway.Tests.Storage;
using Microsoft.AspNetCore.Http;

namespace CwmpShield.Gateway.Tests.Firmware;

/// <summary>Adding what a real TLS server serves.</summary>
public sealed class ArtefactAddUrlTests : IDisposable
{
    private static readonly byte[] Image = RandomNumberGenerator.GetBytes(300_000);
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Hashes_what_the_server_serves_and_lists_its_url()
    {
        await using var server = await OriginServer.StartAsync(OriginServer.Serve(Image));

        var run = await AddAsync(server);

        Assert.Equal((ExitCode.Ok, ""), (run.Code, run.Error));
        var manifest = await File.ReadAllTextAsync(folder.File("artefacts.json"));
        Assert.Contains(Convert.ToHexStringLower(SHA256.HashData(Image)), manifest, StringComparison.Ordinal);
        Assert.Contains(server.Address + "/fw-1.bin", manifest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_to_follow_a_redirect()
    {
        await using var server = await OriginServer.StartAsync(context =>
        {
            context.Response.Redirect("https://evil.example/fw-1.bin");
            return Task.CompletedTask;
        });

        var run = await AddAsync(server);

        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains("redirects are not followed", run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(folder.File("artefacts.json")));
    }

    [Fact]
    public async Task Refuses_a_file_that_breaks_off()
    {
        await using var server = await OriginServer.StartAsync(OriginServer.BreakOff(Image, 100_000));

        Assert.Equal(ExitCode.Usage, (await AddAsync(server)).Code);
        Assert.False(File.Exists(folder.File("artefacts.json")));
    }

    [Fact]
    public async Task Refuses_a_server_whose_certificate_nobody_knows()
    {
        await using var server = await OriginServer.StartAsync(OriginServer.Serve(Image));

        Assert.Equal(ExitCode.Usage, (await AddAsync(server, trusted: false)).Code);
    }

    private async Task<(int Code, string Output, string Error)> AddAsync(OriginServer server, bool trusted = true)
    {
        string[] ca = trusted ? ["--ca", folder.Write("ca.pem", server.Authority.Certificate.ExportCertificatePem())] : [];
        return await CommandLine.RunAsync(
            ArtefactCommand.Create(),
            ["add", server.Address + "/fw-1.bin", "--manifest", folder.File("artefacts.json"), "--version", "1", "--oui", "001122", .. ca]);
    }
}
