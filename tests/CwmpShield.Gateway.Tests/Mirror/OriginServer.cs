using System.Net;
using CwmpShield.Gateway.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CwmpShield.Gateway.Tests.Mirror;

/// <summary>A vendor's https file server on loopback, as good or as bad as the test says.</summary>
internal sealed class OriginServer : IAsyncDisposable
{
    private readonly WebApplication app;

    private OriginServer(WebApplication app, LabCertificateAuthority authority) => (this.app, Authority) = (app, authority);

    public LabCertificateAuthority Authority { get; }

    public string Address => app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    /// <summary>Requests that it got: Range, If-Range, Authorization.</summary>
    public List<(string Range, string IfRange, string Authorization)> Requests { get; } = [];

    /// <summary>Starts a server that answers as <paramref name="answer"/> says.</summary>
    public static async Task<OriginServer> StartAsync(RequestDelegate answer)
    {
        var authority = LabCertificateAuthority.CreateRoot("Vendor");
        var certificate = authority.IssueServer("127.0.0.1");
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate)));
        var built = builder.Build();
        var server = new OriginServer(built, authority);
        built.Run(context =>
        {
            lock (server.Requests)
            {
                var headers = context.Request.Headers;
                server.Requests.Add((headers.Range.ToString(), headers.IfRange.ToString(), headers.Authorization.ToString()));
            }

            return answer(context);
        });
        await built.StartAsync();
        return server;
    }

    /// <summary>A good server of one file with a tag, which takes Range and If-Range.</summary>
    public static RequestDelegate Serve(byte[] content, string tag = "\"v1\"") => async context =>
    {
        var response = context.Response;
        response.Headers.ETag = tag;
        var range = context.Request.Headers.Range.ToString();
        var from = range.Length > 0 && context.Request.Headers.IfRange == tag
            ? int.Parse(range["bytes=".Length..^1], System.Globalization.CultureInfo.InvariantCulture)
            : 0;
        if (from > 0)
        {
            response.StatusCode = StatusCodes.Status206PartialContent;
            response.Headers.ContentRange = $"bytes {from}-{content.Length - 1}/{content.Length}";
        }

        response.ContentLength = content.Length - from;
        await response.Body.WriteAsync(content.AsMemory(from));
    };

    /// <summary>Promises the whole file, sends so many bytes, and hangs up.</summary>
    public static RequestDelegate BreakOff(byte[] content, int after, string tag = "\"v1\"") => async context =>
    {
        context.Response.Headers.ETag = tag;
        context.Response.ContentLength = content.Length;
        await context.Response.Body.WriteAsync(content.AsMemory(0, after));
        await context.Response.Body.FlushAsync();
        await Task.Delay(100);
        context.Abort();
    };

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await app.StopAsync(now.Token);
        await app.DisposeAsync();
        Authority.Dispose();
    }
}
