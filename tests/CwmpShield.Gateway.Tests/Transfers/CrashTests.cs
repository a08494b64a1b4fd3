using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using CwmpShield.Core.Firmware;
using CwmpShield.Gateway.Tests.Configuration;
using CwmpShield.Gateway.Tests.Doubles;
using CwmpShield.Gateway.Tests.Listening;
using CwmpShield.Gateway.Tests.Mirror;
using Microsoft.AspNetCore.Http;

namespace CwmpShield.Gateway.Tests.Transfers;

/// <summary>The whole process, killed in the middle of a fetch.</summary>
public sealed class CrashTests : IDisposable
{
    private static readonly byte[] Image = RandomNumberGenerator.GetBytes(2_000_000);

    private readonly ConfigurationLab lab = new();

    public void Dispose() => lab.Dispose();

    [Fact]
    public async Task Serves_no_part_after_a_kill_in_mid_fetch_and_goes_on_with_it()
    {
        RequestDelegate answer = async context =>
        {
            context.Response.Headers.ETag = "\"v1\"";
            context.Response.ContentLength = Image.Length;
            await context.Response.Body.WriteAsync(Image.AsMemory(0, 1_000_000));
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        };
        await using var origin = await OriginServer.StartAsync(context => answer(context));
        var acs = QueueingAcs.Start();
        await using var server = acs.Server;
        var url = origin.Address + "/image.bin";
        await ConfigureAsync(origin, server.Address, url);
        var part = lab.At("mirror/" + Convert.ToHexStringLower(SHA256.HashData(Image)) + ".part");

        // :: Step 1: killed when the first half is on the disk
        using (var first = CommandLine.Start("run", "--config", lab.At("gateway.json")))
        {
            try
            {
                var (door, _) = await DoorsAsync(first);
                Assert.Equal("", (await OrderAsync(acs, door, url)).Method);
                await ListenerHost.EventuallyAsync(() => new FileInfo(part) is { Exists: true, Length: >= 500_000 }, "half of the file");
            }
            finally
            {
                first.Kill();
                await first.WaitForExitAsync();
            }
        }

        Assert.Equal(2, Directory.GetFiles(lab.At("mirror")).Length);

        // :: Step 2: begun again, with an origin that is well
        answer = OriginServer.Serve(Image);
        using var second = CommandLine.Start("run", "--config", lab.At("gateway.json"));
        try
        {
            var (door, mirror) = await DoorsAsync(second);
            var order = await OrderAsync(acs, door, url);
            Assert.Equal("", order.Method);
            for (var i = 0; i < 100 && order.Method.Length == 0; i++)
            {
                await Task.Delay(100);
                order = await OrderAsync(acs, door, url);
            }

            var given = order.Body[(order.Body.IndexOf("<URL>", StringComparison.Ordinal) + 5)..order.Body.IndexOf("</URL>", StringComparison.Ordinal)];
            using var client = new HttpClient();
            Assert.Equal(Image, await client.GetByteArrayAsync(new Uri(mirror, new Uri(given).PathAndQuery)));
            Assert.StartsWith("bytes=", origin.Requests[1].Range, StringComparison.Ordinal);
        }
        finally
        {
            second.Kill();
        }
    }

    private static async Task<(IPEndPoint Door, Uri Mirror)> DoorsAsync(Process process)
    {
        _ = process.StandardError.ReadToEndAsync();
        var lines = new List<string>();
        while (lines.Count < 3 && await process.StandardOutput.ReadLineAsync() is { } line)
        {
            lines.Add(line);
        }

        var door = new Uri(lines.Single(line => line.StartsWith("fleet: ", StringComparison.Ordinal))["fleet: ".Length..]);
        return (new IPEndPoint(IPAddress.Loopback, door.Port), new Uri(lines.Single(line => line.StartsWith("mirror: ", StringComparison.Ordinal))["mirror: ".Length..]));
    }

    private static async Task<DeviceSaw> OrderAsync(QueueingAcs acs, IPEndPoint door, string url)
    {
        acs.Order(id => TransferSoap.Download(id, url));
        await using var device = await ScriptedDevice.ConnectAsync(door, null, "1", tls: true);
        device.Headers = CredentialLab.Basic("1", "pw1");
        await device.InformAsync();
        var order = await device.EmptyAsync();
        if (order.Method.Length > 0)
        {
            await device.PostAsync(TransferSoap.Response(order.Id));
        }

        await ListenerHost.EventuallyAsync(() => !acs.HasOpenSession, "the session's end");
        return order;
    }

    private async Task ConfigureAsync(OriginServer origin, string acs, string url)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = TimeProvider.System.GetUtcNow();
        var manifest = ManifestWriter.Write(new ArtefactManifest
        {
            Version = 1,
            Issued = now,
            Expires = now.AddDays(1),
            Artefacts =
            [
                TransferLab.ArtefactOf("fw", "2.0", Image) with { Urls = [ArtefactUrl.TryParse(url, out var place) ? place! : throw new InvalidOperationException()] },
            ],
        });
        File.WriteAllBytes(lab.At("artefacts.json"), manifest);
        lab.Write("artefacts.json.release.sig", Convert.ToBase64String(key.SignData(manifest, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)));
        lab.Write("release.pub", key.ExportSubjectPublicKeyInfoPem());
        lab.Write("vendor.pem", origin.Authority.Certificate.ExportCertificatePem());
        lab.Write("rules/site.yaml", "cwmpshield: 1\nrules: []");
        lab.Write("gateway.json", $$"""
            {
              "CwmpShield": {
                "Listeners": [{
                  "Name": "fleet", "Port": 0, "ClientCertificates": "none",
                  "Certificate": { "Path": "server.pem", "KeyPath": "server.key" },
                  "Identity": { "Require": "credential", "Challenge": "basic", "UserPattern": "{serial}" }
                }],
                "Artefacts": { "ManifestPath": "artefacts.json", "AllowAddresses": true, "Signers": [ { "Name": "release", "File": "release.pub" } ] },
                "Mirror": {
                  "Path": "mirror", "PublicUrl": "http://mirror.example/",
                  "Listeners": [ { "Name": "mirror", "Port": 0, "AllowPlaintext": true } ],
                  "Origins": [ { "Url": "{{origin.Address}}/", "Tls": { "CaPath": "vendor.pem" } } ]
                },
                "Rules": { "Path": "rules" },
                "Store": { "Path": "registry.db", "KeyFile": "master.key" },
                "Management": { "Port": 0 }
              },
              "ReverseProxy": { "Clusters": { "acs": { "Destinations": { "one": { "Address": "{{acs}}" } } } } }
            }
            """);
        lab.Write("password", "pw1");
        var added = await CommandLine.RunAsync(
            "device", "add", $"{Lab.Oui}-{Lab.ProductClass}-1", "--password-file", lab.At("password"), "--store", lab.At("registry.db"), "--key-file", lab.At("master.key"));
        Assert.True(added.Exit == 0, added.Error);
    }
}
