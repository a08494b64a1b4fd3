using System.Globalization;
using System.Security.Cryptography;
using CwmpShield.Gateway.DeviceImport;
using CwmpShield.Gateway.Identity;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.Storage.Secrets;

namespace CwmpShield.Bench.Peers;

/// <summary>A folder with the certificates that every proxy of a measurement uses, and the gateway's registry, filled.</summary>
internal sealed class BenchFleet
{
    private BenchFleet(string folder, int registered, IReadOnlyList<BenchDevice> devices) => (Folder, Registered, Devices) = (folder, registered, devices);

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>How many devices the registry has.</summary>
    public int Registered { get; }

    /// <summary>Devices that have a certificate.</summary>
    public IReadOnlyList<BenchDevice> Devices { get; }

    /// <summary>PEM file of the authority of devices and servers.</summary>
    public string Authority => File("ca.pem");

    /// <summary>PEM file of the server certificate.</summary>
    public string ServerCertificate => File("server.pem");

    /// <summary>PEM file of the server's key.</summary>
    public string ServerKey => File("server.key");

    /// <summary>Path of a file in the folder.</summary>
    public string File(string name) => Path.Combine(Folder, name);

    /// <summary>Makes the certificates and imports <paramref name="registered"/> devices, of which the first <paramref name="speaking"/> get a certificate.</summary>
    public static async Task<BenchFleet> CreateAsync(string folder, int registered, int speaking)
    {
        using var authority = LabCertificateAuthority.CreateRoot("CwmpShield bench CA");
        using var server = authority.IssueServer("localhost");
        var devices = Directory.CreateDirectory(Path.Combine(folder, "devices")).FullName;
        var fleet = new BenchFleet(folder, registered, [.. Enumerable.Range(0, speaking).Select(i => new BenchDevice(i, Path.Combine(devices, BenchDevice.SerialOf(i) + ".pem")))]);
        await System.IO.File.WriteAllTextAsync(fleet.Authority, authority.Certificate.ExportCertificatePem());
        await System.IO.File.WriteAllTextAsync(fleet.ServerCertificate, server.ExportCertificatePem());
        await System.IO.File.WriteAllTextAsync(fleet.ServerKey, LabCertificateAuthority.PrivateKeyPem(server));
        await System.IO.File.WriteAllTextAsync(fleet.File("both.pem"), server.ExportCertificatePem() + "\n" + LabCertificateAuthority.PrivateKeyPem(server) + "\n");
        foreach (var device in fleet.Devices)
        {
            using var certificate = authority.IssueClient($"{BenchDevice.Oui}-{BenchDevice.ProductClass}-{device.Serial}");
            await System.IO.File.WriteAllTextAsync(device.CertificateFile, certificate.ExportCertificatePem() + "\n" + LabCertificateAuthority.PrivateKeyPem(certificate) + "\n");
        }

        await fleet.RegisterAsync(registered);
        return fleet;
    }

    private async Task RegisterAsync(int registered)
    {
        var key = File("master.key");
        await System.IO.File.WriteAllTextAsync(key, Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        System.IO.File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var list = File("fleet.csv");
        await using (var writer = new StreamWriter(list))
        {
            await writer.WriteAsync("oui,productClass,serialNumber,groups,model\n");
            for (var i = 0; i < registered; i++)
            {
                await writer.WriteAsync(string.Create(CultureInfo.InvariantCulture, $"{BenchDevice.Oui},{BenchDevice.ProductClass},{BenchDevice.SerialOf(i)},{(i % 2 == 0 ? "east" : "west")},HGW-2000\n"));
            }
        }

        using var store = SqliteStore.Open(File("registry.db"));
        var registry = await StoredDeviceRegistry.OpenAsync(store, KeyRing.Read(new KeySource.InFile(key)));
        using var report = ImportReport.To(list, TextWriter.Null);
        var summary = await new DeviceImporter(store, registry, new ImportOptions { Path = list, Format = ImportFormat.Csv }, TimeProvider.System)
            .RunAsync(() => System.IO.File.OpenRead(list), report, null, default);
        if (summary.Added != registered)
        {
            throw new BenchException($"{summary.Added} of {registered} devices were registered");
        }
    }
}
