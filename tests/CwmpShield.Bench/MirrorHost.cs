using System.Net;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Identity;
using CwmpShield.Gateway.Listening;
using CwmpShield.Gateway.Mirror;
using CwmpShield.Gateway.Mirror.Serving;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.Storage.Secrets;
using CwmpShield.Gateway.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace CwmpShield.Bench;

/// <summary>The mirror alone, as the gateway registers it: one file of a folder, one TLS listener on loopback.</summary>
internal sealed class MirrorHost : IAsyncDisposable
{
    private readonly WebApplication app;

    private MirrorHost(WebApplication app) => this.app = app;

    public T Get<T>()
        where T : notnull => app.Services.GetRequiredService<T>();

    public IPEndPoint Door => Get<BoundEndpoints>().Device("mirror");

    /// <summary>Starts a mirror in <paramref name="folder"/> that fetches from <paramref name="origin"/> and serves <paramref name="target"/>.</summary>
    public static async Task<MirrorHost> StartAsync(string folder, MirrorOriginOptions origin, MirrorTarget target, CertificateOptions certificate)
    {
        var options = new MirrorOptions
        {
            Path = folder,
            PublicUrl = "https://localhost/",
            Listeners = [new MirrorListenerOptions { Name = "mirror", Port = 0, Certificate = certificate }],
            Origins = [origin],
        };
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Services.AddSingleton(TimeProvider.System).AddSingleton<ShieldMetrics>().AddSingleton<BoundEndpoints>().AddSingleton<FilePoller>().AddLogging();
        builder.Services.AddMirror(options);
        builder.Services.AddSingleton(KeyRing.Of(MasterKey.Create()));
        builder.Services.AddSingleton<ArtefactStands>((_, _) => true);
        builder.Services.AddSingleton<FindMirroredOrder>(
            (_, _) => ValueTask.FromResult<MirroredOrder?>(new MirroredOrder(target.Name, target.Sha256, target.Size, origin.Url + "image.bin", true)));
        var built = builder.Build();
        built.UseMirror(options);
        await built.StartAsync();
        return new MirrorHost(built);
    }

    /// <summary>Path of a URL for a new order, whatever its number.</summary>
    public string NewLink(long order) =>
        "/" + Get<LinkTickets>().Write(Get<LinkTickets>().New(order, TimeProvider.System.GetUtcNow().AddDays(1), false)) + "/image.bin";

    public ValueTask DisposeAsync() => app.DisposeAsync();

    /// <summary>A server certificate for localhost in <paramref name="folder"/>.</summary>
    public static CertificateOptions Certificate(string folder)
    {
        using var authority = LabCertificateAuthority.CreateRoot("bench");
        using var server = authority.IssueServer("localhost");
        var options = new CertificateOptions { Path = Path.Combine(folder, "tls.pem"), KeyPath = Path.Combine(folder, "tls.key") };
        File.WriteAllText(options.Path, server.ExportCertificatePem());
        File.WriteAllText(options.KeyPath, LabCertificateAuthority.PrivateKeyPem(server));
        return options;
    }
}
