using System.Net;
using System.Security.Cryptography;
using CwmpShield.Core.Firmware;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Firmware;
using CwmpShield.Gateway.Mirror;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.Storage.Secrets;
using CwmpShield.Gateway.Tests.Doubles;
using CwmpShield.Gateway.Tests.Listening;
using CwmpShield.Gateway.Tests.Mirror;
using Microsoft.Extensions.DependencyInjection;

namespace CwmpShield.Gateway.Tests.Transfers;

/// <summary>A signed manifest on disk, the mirror, and an operator who withdraws what is on its way.</summary>
public sealed class WithdrawalTests : IDisposable
{
    private static readonly byte[] Image = RandomNumberGenerator.GetBytes(8 << 20);

    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public void Dispose() => key.Dispose();

    [Fact]
    public async Task A_withdrawal_stops_a_running_transfer_and_every_later_order()
    {
        var acs = QueueingAcs.Start();
        await using var server = acs.Server;
        await using var lab = await Lab.StartAsync(server, Options, builder => builder.Services.AddSingleton(KeyRing.Of(MasterKey.Create())));
        await ListenerHost.EventuallyAsync(() => Ask(lab) is MirrorState.Ready, "the image");
        acs.Order(id => TransferSoap.Download(id, TransferLab.Origin + "image.bin"));
        var url = await OrderAsync(lab);
        await using var client = await RawClient.ConnectAsync(lab.Door("mirror"));
        await client.SendAsync($"GET {new Uri(url).AbsolutePath} HTTP/1.0\r\n\r\n");
        await ListenerHost.EventuallyAsync(() => lab.Metrics().Contains("cwmpshield_mirror_transfers_active 1", StringComparison.Ordinal), "the transfer");

        await new ArtefactStore(lab.Store).WithdrawAsync(new Withdrawal("fw", "bricks", TimeProvider.System.GetUtcNow(), "test"), default);
        await lab.Services.GetRequiredService<ArtefactHolder>().PollAsync(default);

        Assert.InRange(await client.ReadToEndAsync(), 1, Image.Length - 1);
        using var http = new HttpClient();
        using var again = await http.GetAsync(new Uri($"http://127.0.0.1:{lab.Door("mirror").Port}{new Uri(url).AbsolutePath}"));
        Assert.Equal(HttpStatusCode.Gone, again.StatusCode);

        acs.Order(id => TransferSoap.Download(id, TransferLab.Origin + "image.bin"));
        Assert.Equal("", await OrderAsync(lab));
        Assert.Contains(ArtefactReason.Withdrawn, server.Received.Last().Body, StringComparison.Ordinal);
    }

    private static MirrorState Ask(Lab lab) =>
        lab.Services.GetRequiredService<MirrorFetches>().Ask(FetchLab.TargetOf(Image, "fw"), TransferLab.Origin + "image.bin", null, () => true);

    private static async Task<string> OrderAsync(Lab lab)
    {
        await using var device = await lab.DeviceAsync();
        await device.InformAsync();
        var order = await device.EmptyAsync();
        if (order.Method.Length > 0)
        {
            await device.PostAsync(TransferSoap.Response(order.Id));
        }

        await lab.QuietAsync();
        return order.Method.Length == 0 ? "" : order.Body[(order.Body.IndexOf("<URL>", StringComparison.Ordinal) + 5)..order.Body.IndexOf("</URL>", StringComparison.Ordinal)];
    }

    private GatewayOptions Options(GatewayOptions plain)
    {
        var folder = Path.GetDirectoryName(plain.Rules.Path)!;
        string At(string name) => Path.Combine(folder, name);
        Directory.CreateDirectory(At("origin"));
        File.WriteAllBytes(At("origin/image.bin"), Image);
        var now = TimeProvider.System.GetUtcNow();
        var manifest = ManifestWriter.Write(new ArtefactManifest { Version = 1, Issued = now, Expires = now.AddDays(1), Artefacts = [TransferLab.ArtefactOf("fw", "2.0", Image)] });
        File.WriteAllBytes(At("artefacts.json"), manifest);
        File.WriteAllText(At("artefacts.json.release.sig"), Convert.ToBase64String(key.SignData(manifest, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)));
        File.WriteAllText(At("release.pub"), key.ExportSubjectPublicKeyInfoPem());
        return plain with
        {
            Artefacts = new ArtefactOptions { ManifestPath = At("artefacts.json"), Signers = [new ArtefactSignerOptions { Name = "release", File = At("release.pub") }] },
            Mirror = new MirrorOptions
            {
                Path = At("mirror"),
                PublicUrl = "http://mirror.example/",
                Listeners = [new MirrorListenerOptions { Name = "mirror", Port = 0, AllowPlaintext = true }],
                Origins = [new MirrorOriginOptions { Url = TransferLab.Origin, Folder = At("origin") }],
            },
        };
    }
}
