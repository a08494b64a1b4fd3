using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Identity;
using CwmpShield.Gateway;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Identity;
using CwmpShield.Gateway.Inspection;
using CwmpShield.Gateway.Listening;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.WebConsole.Accounts;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace CwmpShield.Cli.Demo;

/// <summary>
/// The real gateway with throw-away everything: a folder of its own with a CA, a registry, the shipped rules and a configuration
/// file, which is read as an operator's would be. The folder goes when it is disposed of.
/// </summary>
internal sealed class DemoGateway : IAsyncDisposable
{
    private readonly DirectoryInfo folder;
    private readonly LabCertificateAuthority authority = LabCertificateAuthority.CreateRoot("CwmpShield demo CA");
    private DemoFirmware? firmware;
    private WebApplication? app;

    private DemoGateway(DirectoryInfo folder) => this.folder = folder;

    /// <summary>The CA that devices and gateway trust.</summary>
    public X509Certificate2 Root => authority.Certificate;

    /// <summary>Judgements as they happen.</summary>
    public DecisionFeed Feed => Started.Services.GetRequiredService<DecisionFeed>();

    /// <summary>Where the metrics are.</summary>
    public Uri Metrics => new($"http://{Started.Services.GetRequiredService<BoundEndpoints>().Management}/metrics");

    /// <summary>Where the console is, on loopback alone.</summary>
    public Uri Console => new($"http://{Started.Services.GetRequiredService<BoundEndpoints>().Management}/");

    /// <summary>The images and their manifest.</summary>
    public DemoFirmware Firmware => firmware ?? throw new InvalidOperationException("The demo gateway has not started.");

    /// <summary>The configuration, for verbs that look at the same store.</summary>
    public string ConfigFile => InFolder("appsettings.json");

    /// <summary>The folder of the rules in force.</summary>
    public string Rules => InFolder("rules");

    private WebApplication Started => app ?? throw new InvalidOperationException("The demo gateway has not started.");

    /// <summary>Sets everything up in a new folder and starts the gateway on free loopback ports.</summary>
    public static async Task<DemoGateway> StartAsync(string acs, CancellationToken cancellation)
    {
        var gateway = new DemoGateway(Directory.CreateTempSubdirectory("cwmpshield-demo-"));
        try
        {
            await gateway.BuildAsync(acs, cancellation);
            return gateway;
        }
        catch
        {
            await gateway.DisposeAsync();
            throw;
        }
    }

    /// <summary>Where devices connect: <c>certificate</c> or <c>password</c>.</summary>
    public Uri Door(string listener) => new($"https://localhost:{Started.Services.GetRequiredService<BoundEndpoints>().Device(listener).Port}/");

    /// <summary>Registers a device and gives it a certificate of its own.</summary>
    public async Task<X509Certificate2> EnrolAsync(DeviceId device, CancellationToken cancellation)
    {
        await Started.Services.GetRequiredService<IDeviceRegistry>().AddAsync(new DeviceDraft { Device = device }, cancellation);
        return authority.IssueClient(device.ToString());
    }

    /// <summary>Registers a device and gives it a password of its own.</summary>
    public async Task<NetworkCredential> EnrolWithPasswordAsync(DeviceId device, CancellationToken cancellation)
    {
        var password = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12));
        await Started.Services.GetRequiredService<IDeviceRegistry>().AddAsync(
            new DeviceDraft { Device = device, Secret = new StoredSecret.Password(Encoding.UTF8.GetBytes(password)) }, cancellation);
        return new NetworkCredential(device.ToString(), password);
    }

    /// <summary>Adds an account that may see everything and do nothing; its password, which is made up and kept nowhere in the clear.</summary>
    public async Task<string> OpenConsoleAsync(string account, CancellationToken cancellation)
    {
        var password = DevicePassword.Generate();
        var accounts = new AccountStore(Started.Services.GetRequiredService<Store>(), TimeProvider.System);
        await accounts.AddAsync(account, ConsoleRole.Auditor, password, cancellation);
        return password;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (app is not null)
        {
            await app.StopAsync();
            await app.DisposeAsync();
        }

        authority.Dispose();
        firmware?.Dispose();
        folder.Delete(recursive: true);
    }

    private async Task BuildAsync(string acs, CancellationToken cancellation)
    {
        File.WriteAllText(InFolder("ca.pem"), authority.Certificate.ExportCertificatePem());
        foreach (var listener in (string[])["certificate", "password", "mirror"])
        {
            // A certificate for each door: doors with different client-certificate policy must not share one.
            using var server = authority.IssueServer("localhost");
            File.WriteAllText(InFolder(listener + ".pem"), server.ExportCertificatePem() + "\n" + LabCertificateAuthority.PrivateKeyPem(server));
        }

        WriteSecret("master.key", Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        CopyRules();
        firmware = new DemoFirmware(folder.FullName, TimeProvider.System.GetUtcNow());
        File.WriteAllText(InFolder("appsettings.json"), Settings(acs, firmware));

        var configuration = GatewayConfiguration.Load(InFolder("appsettings.json"));
        if (configuration.Errors.Count > 0)
        {
            throw new InvalidOperationException(string.Join(Environment.NewLine, configuration.Errors));
        }

        app = GatewayApp.Build(configuration.Options, configuration.Source);
        await app.StartAsync(cancellation);
    }

    private void CopyRules()
    {
        var shipped = Path.Combine(AppContext.BaseDirectory, "rules");
        foreach (var file in Directory.EnumerateFiles(shipped, "*", SearchOption.AllDirectories))
        {
            var copy = InFolder(Path.Combine("rules", Path.GetRelativePath(shipped, file)));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    private static string Settings(string acs, DemoFirmware firmware) => JsonSerializer.Serialize(new
    {
        CwmpShield = new
        {
            Listeners = new object[]
            {
                new
                {
                    Name = "certificate",
                    Port = 0,
                    Certificate = new { Path = "certificate.pem" },
                    ClientCertificates = "Require",
                    ClientCaPath = "ca.pem",
                    Identity = new { Require = "Certificate" },
                },
                new
                {
                    Name = "password",
                    Port = 0,
                    Certificate = new { Path = "password.pem" },
                    ClientCertificates = "None",
                    Identity = new { Require = "Credential" },
                },
            },
            firmware.Settings().Artefacts,
            firmware.Settings().Mirror,
            Rules = new { Path = "rules" },
            Store = new { Path = "demo.db", KeyFile = "master.key" },
            Management = new { Port = 0 },
        },
        ReverseProxy = new
        {
            Clusters = new { acs = new { Destinations = new { demo = new { Address = acs } } } },
        },
    });

    private void WriteSecret(string name, string text)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var file = new StreamWriter(InFolder(name), options);
        file.WriteLine(text);
    }

    private string InFolder(string name) => Path.Combine(folder.FullName, name);
}
