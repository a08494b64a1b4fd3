using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using CwmpShield.Core.Firmware;

namespace CwmpShield.Cli.Demo;

/// <summary>
/// The firmware of the demonstration: images in a folder that stands for the vendor's server, and a manifest that is signed with a key of
/// this run. One image is good; the others are what a hostile ACS would rather have.
/// </summary>
internal sealed class DemoFirmware : IDisposable
{
    /// <summary>Where the ACS says that images are.</summary>
    public const string Server = "https://firmware.example.net/";

    /// <summary>Version of the good image.</summary>
    public const string Version = "4.3.0";

    private const int Size = 2 << 20;

    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly string folder;

    /// <summary>Writes images, manifest, signature and public key into <paramref name="folder"/>.</summary>
    public DemoFirmware(string folder, DateTimeOffset now)
    {
        this.folder = folder;
        Directory.CreateDirectory(Path.Combine(folder, "vendor"));
        var manifest = ManifestWriter.Write(new ArtefactManifest
        {
            Version = 1,
            Issued = now,
            Expires = now.AddDays(30),
            Artefacts =
            [
                Artefact("hgw", Version, "HGW"),
                Artefact("hgw", "4.1.0", "HGW"),
                Artefact("ont", Version, "ONT"),
                Artefact("hgw", "4.2.9", "HGW", "bricks devices with two radios"),
                Artefact("hgw", "4.4.0", "HGW", isAltered: true),
            ],
        });
        File.WriteAllBytes(Path.Combine(folder, "artefacts.json"), manifest);
        File.WriteAllText(
            Path.Combine(folder, "artefacts.json.release.sig"), Convert.ToBase64String(key.SignData(manifest, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)));
        File.WriteAllText(Path.Combine(folder, "release.pub"), key.ExportSubjectPublicKeyInfoPem());
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        Port = ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    /// <summary>A free port for the mirror: its URLs name it.</summary>
    public int Port { get; }

    /// <summary>URL of an image at the vendor's.</summary>
    public static string Url(string model, string version) => $"{Server}{model}-{version}.bin";

    /// <summary>Whether the bytes are the signed image.</summary>
    public bool IsSigned(byte[] bytes) => bytes.AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(folder, "vendor", $"hgw-{Version}.bin")));

    /// <summary>The sections of the configuration: who signs, and the mirror.</summary>
    public (object Artefacts, object Mirror) Settings() => (
        new { ManifestPath = "artefacts.json", Signers = new object[] { new { Name = "release", File = "release.pub" } } },
        new
        {
            Path = "mirror",
            PublicUrl = $"https://localhost:{Port}/",
            Listeners = new object[] { new { Name = "mirror", Port, Certificate = new { Path = "mirror.pem" } } },
            Origins = new object[] { new { Url = Server, Folder = "vendor" } },
        });

    /// <inheritdoc/>
    public void Dispose() => key.Dispose();

    private Artefact Artefact(string model, string version, string productClass, string? withdrawn = null, bool isAltered = false)
    {
        var image = RandomNumberGenerator.GetBytes(Size);
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(image));
        image[Size / 2] ^= (byte)(isAltered ? 1 : 0);
        File.WriteAllBytes(Path.Combine(folder, "vendor", $"{model}-{version}.bin"), image);
        return new Artefact
        {
            Name = $"{model}-{version}",
            Version = version,
            FileTypes = ["1"],
            Sha256 = sha256,
            Size = Size,
            Models = [new ArtefactModel("001122", [productClass], [])],
            Urls = [ArtefactUrl.TryParse(Url(model, version), out var url) ? url! : throw new InvalidOperationException("A demo URL is none.")],
            IsFirmware = true,
            WithdrawnBecause = withdrawn,
        };
    }
}
