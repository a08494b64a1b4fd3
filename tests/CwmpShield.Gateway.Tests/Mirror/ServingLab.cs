using System.Net;
using System.Net.Http.Headers;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Listening;
using CwmpShield.Gateway.Mirror;
using CwmpShield.Gateway.Mirror.Serving;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.Storage.Secrets;
using CwmpShield.Gateway.Telemetry;
using CwmpShield.Gateway.Tests.Doubles;
using CwmpShield.Gateway.Tests.Listening;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace CwmpShield.Gateway.Tests.Mirror;

/// <summary>The mirror's listeners on loopback, one with TLS and one without, with one image and orders of the test's.</summary>
internal sealed class ServingLab : IAsyncDisposable
{
    private readonly TlsLab tls = new();
    private WebApplication app = null!;

    public MovableClock Clock { get; } = new();

    /// <summary>What the store says of an order.</summary>
    public Func<long, MirroredOrder?> Orders { get; set; } = null!;

    /// <summary>Whether the artefact stands.</summary>
    public volatile bool Stands = true;

    public byte[] Image { get; private set; } = [];

    public MirrorTarget Target { get; private set; } = null!;

    public MirrorOptions Options { get; private set; } = null!;

    public T Get<T>()
        where T : notnull => app.Services.GetRequiredService<T>();

    public IPEndPoint Door(string name) => Get<BoundEndpoints>().Device(name);

    public static async Task<ServingLab> StartAsync(byte[] image, HttpChallenge challenge = HttpChallenge.DigestMd5)
    {
        var lab = new ServingLab { Image = image, Target = FetchLab.TargetOf(image) };
        lab.Orders = _ => new MirroredOrder("image", lab.Target.Sha256, lab.Target.Size, "https://files.example/image.bin", true);
        Directory.CreateDirectory(lab.tls.Path("origin"));
        await File.WriteAllBytesAsync(lab.tls.Path("origin/image.bin"), image);
        lab.Options = new MirrorOptions
        {
            Path = lab.tls.Path("mirror"),
            PublicUrl = "https://mirror.example/",
            Listeners =
            [
                new MirrorListenerOptions { Name = "tls", Port = 0, Certificate = lab.tls.Server, Challenge = challenge },
                new MirrorListenerOptions { Name = "plain", Port = 0, AllowPlaintext = true },
            ],
            Origins = [new MirrorOriginOptions { Url = "https://files.example/", Folder = lab.tls.Path("origin") }],
        };
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.Services.AddLogging().AddSingleton<TimeProvider>(lab.Clock).AddSingleton<ShieldMetrics>().AddSingleton<BoundEndpoints>().AddSingleton<FilePoller>();
        builder.Services.AddSingleton(KeyRing.Of(MasterKey.Create())).AddMirror(lab.Options);
        builder.Services.AddSingleton<ArtefactStands>((_, _) => lab.Stands);
        builder.Services.AddSingleton<FindMirroredOrder>((order, _) => ValueTask.FromResult(lab.Orders(order)));
        lab.app = builder.Build();
        lab.app.UseMirror(lab.Options);
        await lab.app.StartAsync();
        Assert.Equal("", await lab.Get<MirrorFetch>().RunAsync(lab.Target, "https://files.example/image.bin", null, () => true, default));
        return lab;
    }

    public LinkTicket Ticket(long order = 1, bool hasCredential = false) => Get<LinkTickets>().New(order, Clock.GetUtcNow().AddHours(1), hasCredential);

    public string PathOf(LinkTicket ticket) => $"/{Get<LinkTickets>().Write(ticket)}/image.bin";

    /// <summary>A client of the TLS listener, or of the plain one.</summary>
    public HttpClient Client(string door = "tls", ICredentials? credentials = null) => new(new SocketsHttpHandler
    {
        UseProxy = false,
        Credentials = credentials,
        SslOptions = { RemoteCertificateValidationCallback = (_, _, _, _) => true },
    })
    {
        BaseAddress = new Uri($"{(door == "tls" ? "https" : "http")}://127.0.0.1:{Door(door).Port}"),
    };

    public async Task<HttpResponseMessage> GetAsync(string path, Action<HttpRequestHeaders>? headers = null, HttpMethod? method = null, string door = "tls")
    {
        using var client = Client(door);
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, path);
        headers?.Invoke(request.Headers);
        return await client.SendAsync(request);
    }

    public async ValueTask DisposeAsync()
    {
        using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        await app.StopAsync(soon.Token);
        await app.DisposeAsync();
        tls.Dispose();
    }
}
