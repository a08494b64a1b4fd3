using System.Text;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.DataModel.Values;
using CwmpShield.Core.Firmware;
using CwmpShield.Core.Firmware.Reading;
using CwmpShield.Core.Firmware.Signing;
using CwmpShield.Core.Firmware.Urls;
using CwmpShield.Core.Identity;
using CwmpShield.Core.Tests.Udp;

namespace CwmpShield.Core.Tests.Firmware;

/// <summary>Thousands of mutations of good input: each is refused or read, none throws, none vouches for what it should not.</summary>
public sealed class HostileInputTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly DeviceTraits Device = new() { Device = new DeviceId("001122", "HGW", "1"), SoftwareVersion = "1.2.0" };
    private readonly Bytes random = new(69);

    [Fact]
    public void No_mutation_of_a_manifest_throws()
    {
        var good = File.ReadAllBytes(Repository.Path("tests", "conformance", "artefacts.json"));
        for (var i = 0; i < 3000; i++)
        {
            var read = ManifestReader.Read("m", Mutated(good));

            Assert.True(read.Manifest is null == read.Problems.Count > 0);
        }
    }

    [Fact]
    public void No_mutation_of_a_signature_throws_or_counts()
    {
        using var folder = new OpenSslFolder();
        folder.Certificate("ec");
        folder.Run("""
            echo data > d
            openssl cms -sign -binary -in d -signer ec.crt -inkey ec.key -outform DER -md sha256 -out cms
            openssl dgst -sha256 -sign ec.key -out raw d
            """);
        var signer = PinnedSigner.Read("ec", folder.Text("ec.crt"), out _)!;
        var now = TimeProvider.System.GetUtcNow();
        var data = folder.Read("d");
        Assert.Single(SignatureCheck.Of(data, [("s", folder.Read("cms"))], [signer], now).Signers);
        foreach (var good in new[] { folder.Read("cms"), folder.Read("raw") })
        {
            for (var i = 0; i < 1500; i++)
            {
                // A changed certificate or attribute of a signature that still verifies changes nothing about who signed; changed data does.
                SignatureCheck.Of(data, [("s", Mutated(good))], [signer], now);
                Assert.Empty(SignatureCheck.Of([.. data, 0], [("s", Mutated(good))], [signer], now).Signers);
            }
        }
    }

    [Fact]
    public void No_mutation_of_a_listed_url_names_another_file()
    {
        var manifest = ManifestReader.Read("m", File.ReadAllBytes(Repository.Path("tests", "conformance", "artefacts.json"))).Manifest!;
        var key = UrlKey.Read("k1", new string('a', 64))!;
        var trust = new ArtefactTrust(new ArtefactPolicy { RequiresManifest = true }, new SignedManifest(manifest, ["s"], DateTimeOffset.MaxValue, ""), [key]);
        var signed = SignedUrl.Sign(key, "https://cfg.example.net/1.cfg", Device.Device!, Now.AddDays(1), out _)!;
        foreach (var good in new[] { "https://firmware.example.net/hgw/hgw-1.3.0.bin", "https://eu.cdn.firmware.example.net/hgw/hgw-1.3.0.bin", signed })
        {
            for (var i = 0; i < 5000; i++)
            {
                var url = Encoding.UTF8.GetString(Mutated(Encoding.UTF8.GetBytes(good)));
                var answer = ArtefactGate.Judge(trust, new TransferOrder(TransferKind.Download, url, good == signed ? "3" : "1"), Device, Now);
                ArtefactGate.JudgeSource(trust, url, Device, Now);

                // What is let through is the listed URL in another spelling, or (of a signed one) the very URL.
                Assert.True(
                    !answer.IsAllowed || (good == signed ? url == signed : UrlValue.TryParse(url, out var read) && answer.Artefact!.Urls.Any(u => u.Takes(read!))),
                    url);
            }
        }
    }

    private byte[] Mutated(byte[] good)
    {
        var bytes = good.ToList();
        for (var times = random.Next(3) + 1; times > 0 && bytes.Count > 1; times--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(4))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes.RemoveRange(at, random.Next(Math.Min(20, bytes.Count - at)) + 1);
                    break;
                case 2:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(20, bytes.Count - at)));
                    break;
                default:
                    bytes.Insert(at, (byte)"%./\\\"{}[]:,@?#*\0é"u8[random.Next(17)]);
                    break;
            }
        }

        return [.. bytes];
    }
}
