using System.Security.Cryptography;
using CwmpShield.Core.DataModel.Values;
using CwmpShield.Core.Firmware;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Tests.Storage;

namespace CwmpShield.Gateway.Tests.Firmware;

/// <summary>A manifest on disk, and the key that signs it.</summary>
internal sealed class ManifestLab : IDisposable
{
    public const string Url = "https://fw.example.net/hgw-1.3.0.bin";

    private readonly TemporaryFolder folder = new();
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public ManifestLab(DateTimeOffset issued)
    {
        Issued = issued;
        folder.Write("release.pub", key.ExportSubjectPublicKeyInfoPem());
        folder.Write("url.secret", new string('a', 64));
    }

    /// <summary>When manifests are issued; they expire thirty days later.</summary>
    public DateTimeOffset Issued { get; set; }

    public string Path => folder.File("artefacts.json");

    public ArtefactOptions Options => new()
    {
        ManifestPath = Path,
        Signers = [new ArtefactSignerOptions { Name = "release", File = folder.File("release.pub") }],
        UrlKeys = [new UrlKeyOptions { Id = "k1", File = folder.File("url.secret") }],
    };

    /// <summary>The folder's file of this name.</summary>
    public string File(string name) => folder.File(name);

    /// <summary>Writes a manifest of one firmware image and signs it.</summary>
    public void Write(long version, string name = "hgw-1.3.0", bool signed = true)
    {
        Assert.True(ArtefactUrl.TryParse(Url, out var url));
        Assert.True(VersionRange.TryParse(">=1.0", out var from));
        var manifest = new ArtefactManifest
        {
            Version = version,
            Issued = Issued,
            Expires = Issued.AddDays(30),
            Artefacts =
            [
                new Artefact
                {
                    Name = name,
                    Version = "1.3.0",
                    FileTypes = ["1"],
                    Sha256 = new string('1', 64),
                    Size = 1000,
                    Models = [new ArtefactModel("00D09E", ["HGW"], [])],
                    Urls = [url!],
                    From = [from!],
                    IsFirmware = true,
                },
            ],
        };
        var bytes = ManifestWriter.Write(manifest);
        System.IO.File.WriteAllBytes(Path, bytes);
        Sign(signed ? key.SignData(bytes, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence) : [1, 2, 3]);
    }

    /// <summary>Writes a signature file.</summary>
    public void Sign(byte[] signature) => System.IO.File.WriteAllText(Path + ".release.sig", Convert.ToBase64String(signature));

    public void Dispose()
    {
        key.Dispose();
        folder.Dispose();
    }
}
