using System.Collections.Concurrent;
using System.Net.Security;
using System.Security.Cryptography;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Firmware;
using CwmpShield.Core.Identity;
using CwmpShield.Gateway.Identity;
using CwmpShield.Gateway.Revocation;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.Storage.Secrets;

namespace CwmpShield.Soak.Rig;

/// <summary>
/// A folder with everything that an operator has: an authority and its revocation list, server certificates, the shipped rules, a
/// signed manifest, a registry, a configuration. Each file can be replaced by another one while the gateway runs.
/// </summary>
internal sealed class RigFolder : IDisposable
{
    /// <summary>Password of the device <see cref="PasswordSerial"/>.</summary>
    public const string Password = "Str4nge-but-l0ng";

    /// <summary>Serial number of the device that logs in by password.</summary>
    public const string PasswordSerial = "P1";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("cwmpshield-rig-");
    private readonly LabCertificateAuthority authority = LabCertificateAuthority.CreateRoot("Operator devices");
    private readonly LabRevocationList revoked = LabRevocationList.Empty();
    private readonly ECDsa release = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ConcurrentDictionary<string, SslStreamCertificateContext> certificates = new(StringComparer.Ordinal);
    private long manifests;

    public RigFolder()
    {
        Write("ca.pem", authority.Certificate.ExportCertificatePem());
        Write("release.pub", release.ExportSubjectPublicKeyInfoPem());
        Write("master.key", Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        File.SetUnixFileMode(At("master.key"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        ReplaceServerCertificate("fleet");
        ReplaceServerCertificate("password");
        ReplaceRevocations();
        ReplaceManifest();
        CopyRules();
    }

    public string At(string name) => Path.Combine(folder.FullName, name);

    /// <summary>The certificate of a device, made when it is asked for first.</summary>
    public SslStreamCertificateContext CertificateOf(string serial) => certificates.GetOrAdd(
        serial, name => SslStreamCertificateContext.Create(authority.IssueClient(Messages.Name(name)), null, offline: true));

    /// <summary>Registers devices with certificates, and one with a password.</summary>
    public async Task RegisterAsync(Store store, IEnumerable<string> serials)
    {
        var registry = await StoredDeviceRegistry.OpenAsync(store, MasterKey.Parse((await File.ReadAllTextAsync(At("master.key"))).Trim())!);
        foreach (var serial in serials)
        {
            await registry.AddAsync(new DeviceDraft { Device = new DeviceId(Messages.Oui, Messages.ProductClass, serial) }, default);
        }

        await registry.AddAsync(
            new DeviceDraft
            {
                Device = new DeviceId(Messages.Oui, Messages.ProductClass, PasswordSerial),
                Secret = new StoredSecret.Password(System.Text.Encoding.UTF8.GetBytes(Password)),
            },
            default);
    }

    /// <summary>A new server certificate, as an operator's renewal writes it.</summary>
    public void ReplaceServerCertificate(string listener)
    {
        using var server = authority.IssueServer("acs.example");
        Write(listener + ".pem", server.ExportCertificatePem() + "\n" + LabCertificateAuthority.PrivateKeyPem(server));
    }

    /// <summary>The next revocation list; it revokes somebody new.</summary>
    public void ReplaceRevocations()
    {
        revoked.Revoke(RandomNumberGenerator.GetBytes(8), TimeProvider.System.GetUtcNow(), System.Security.Cryptography.X509Certificates.X509RevocationReason.KeyCompromise);
        Write("devices.crl", revoked.Sign(authority, TimeProvider.System.GetUtcNow(), TimeSpan.FromDays(7)));
    }

    /// <summary>The next version of the manifest, signed.</summary>
    public void ReplaceManifest()
    {
        var now = TimeProvider.System.GetUtcNow();
        var manifest = ManifestWriter.Write(new ArtefactManifest { Version = ++manifests, Issued = now, Expires = now.AddDays(30), Artefacts = [Artefact()] });
        var signature = release.SignData(manifest, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        Write("artefacts.json.release.sig", Convert.ToBase64String(signature));
        Write("artefacts.json", System.Text.Encoding.UTF8.GetString(manifest));
    }

    /// <summary>Another set of site rules; it judges as the one before.</summary>
    public void ReplaceRules() => Write("rules/site.yaml", $"cwmpshield: 1\nrules: []\n# {Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}\n");

    /// <summary>Writes the configuration of one node.</summary>
    public string Configure(string name, string acs, RigSettings settings)
    {
        Write(name, RigConfiguration.Write(acs, settings));
        return At(name);
    }

    public void Dispose()
    {
        authority.Dispose();
        release.Dispose();
        folder.Delete(recursive: true);
    }

    /// <summary>Replaces a file as a whole, never half of it.</summary>
    private void Write(string name, string text)
    {
        File.WriteAllText(At(name + ".new"), text);
        File.Move(At(name + ".new"), At(name), overwrite: true);
    }

    private static Artefact Artefact() => new()
    {
        Name = "hgw-4.3.0",
        Version = "4.3.0",
        FileTypes = ["1"],
        Sha256 = new string('0', 64),
        Size = 1 << 20,
        Models = [new ArtefactModel(Messages.Oui, [Messages.ProductClass], [])],
        Urls = [ArtefactUrl.TryParse("https://firmware.example.net/hgw-4.3.0.bin", out var url) ? url! : throw new InvalidOperationException("The URL is none.")],
        IsFirmware = true,
    };

    private void CopyRules()
    {
        var shipped = Path.Combine(AppContext.BaseDirectory, "rules");
        foreach (var file in Directory.EnumerateFiles(shipped, "*", SearchOption.AllDirectories))
        {
            var copy = At(Path.Combine("rules", Path.GetRelativePath(shipped, file)));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }
}
