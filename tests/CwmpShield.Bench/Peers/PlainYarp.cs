using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;

namespace CwmpShield.Bench.Peers;

/// <summary>
/// YARP as one would set it up with nothing looked at: mutual TLS against the same authority, everything forwarded. With one upstream
/// connection for each device connection where that is asked for, as the gateway has it, and with YARP's pool otherwise.
/// </summary>
internal static class PlainYarp
{
    private const string Path = "/acs";

    /// <summary>Serves until standard input ends.</summary>
    /// <param name="folder">Folder of the certificates.</param>
    /// <param name="acs">Port of the ACS.</param>
    /// <param name="isPooled">Whether upstream connections are shared.</param>
    public static async Task ServeAsync(string folder, int acs, bool isPooled)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => Listen(kestrel, folder));
        builder.Services.AddLogging().AddRouting();
        var address = FormattableString.Invariant($"http://127.0.0.1:{acs}/");
        var proxy = builder.Services.AddReverseProxy().LoadFromMemory(
            [new RouteConfig { RouteId = "acs", ClusterId = "acs", Match = new RouteMatch { Path = Path } }],
            [new ClusterConfig { ClusterId = "acs", Destinations = new Dictionary<string, DestinationConfig>(StringComparer.Ordinal) { ["one"] = new() { Address = address } } }]);
        if (!isPooled)
        {
            builder.Services.AddSingleton<IForwarderHttpClientFactory, ConnectionClients>();
            proxy.AddTransforms(ConnectionClients.Note);
        }

        await using var app = builder.Build();
        app.MapReverseProxy();
        await ChildProcess.ServeAsync(app);
    }

    private static void Listen(KestrelServerOptions kestrel, string folder)
    {
        kestrel.AddServerHeader = false;
        var authority = X509CertificateLoader.LoadCertificateFromFile(System.IO.Path.Combine(folder, "ca.pem"));
        using var pem = X509Certificate2.CreateFromPemFile(System.IO.Path.Combine(folder, "server.pem"), System.IO.Path.Combine(folder, "server.key"));
        var certificate = X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null);
        kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = HttpProtocols.Http1;
            listen.UseHttps(new HttpsConnectionAdapterOptions
            {
                ServerCertificate = certificate,
                ClientCertificateMode = ClientCertificateMode.RequireCertificate,
                OnAuthenticate = (_, options) => options.CertificateChainPolicy = Policy(authority),
            });
        });
    }

    private static X509ChainPolicy Policy(X509Certificate2 authority)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true };
        policy.CustomTrustStore.Add(authority);
        return policy;
    }
}
