using System.Net;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Listening;
using CwmpShield.Gateway.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace CwmpShield.Gateway.Tests.Listening;

/// <summary>The listeners on loopback, with a stage behind the gate that reads the body and says what it was given.</summary>
internal sealed class ListenerHost : IAsyncDisposable
{
    private readonly WebApplication app;

    private ListenerHost(WebApplication app) => this.app = app;

    public IServiceProvider Services => app.Services;

    public BoundEndpoints Endpoints => app.Services.GetRequiredService<BoundEndpoints>();

    public BufferBudget Budget => app.Services.GetRequiredService<BufferBudget>();

    /// <summary>The only device listener, or the first.</summary>
    public IPEndPoint Device => Endpoints.Device(app.Services.GetRequiredService<GatewayOptions>().Listeners[0].Name);

    public static Task<ListenerHost> StartAsync(params ListenerOptions[] listeners) =>
        StartAsync(new GatewayOptions { Listeners = listeners });

    public static async Task<ListenerHost> StartAsync(GatewayOptions options, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.ConfigureDeviceListeners(options with { Management = options.Management with { Port = 0 } });
        configure?.Invoke(builder);
        var built = builder.Build();
        built.UseManagementListener();
        built.UseRequestGate();
        built.Run(EchoAsync);
        await built.StartAsync();
        return new ListenerHost(built);
    }

    /// <summary>A plain listener on any port.</summary>
    public static ListenerOptions Plain(ListenerLimits? limits = null) => new()
    {
        Name = "plain",
        Port = 0,
        AllowPlaintext = true,
        Limits = limits ?? new(),
    };

    /// <summary>All metrics as text.</summary>
    public string Metrics()
    {
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        app.Services.GetRequiredService<PrometheusText>().Write(PrometheusFormat.Text, output);
        return System.Text.Encoding.UTF8.GetString(output.WrittenSpan);
    }

    /// <summary>Waits until <paramref name="reason"/> has been counted for <paramref name="listener"/>: a refused connection ends before its stage does.</summary>
    public Task CountsAsync(string reason, string listener = "plain") =>
        EventuallyAsync(() => Metrics().Contains($"cwmpshield_requests_rejected_total{{listener=\"{listener}\",reason=\"{reason}\"}}", StringComparison.Ordinal), reason);

    /// <summary>Waits until <paramref name="condition"/> holds, and fails when it never does.</summary>
    public static Task EventuallyAsync(Func<bool> condition, string what) => EventuallyAsync(() => Task.FromResult(condition()), what);

    /// <summary>Waits until <paramref name="condition"/> holds, and fails when it never does.</summary>
    public static async Task EventuallyAsync(Func<Task<bool>> condition, string what)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        while (!await condition())
        {
            Assert.False(patience.IsCancellationRequested, $"never came: {what}");
            await Task.Delay(20);
        }
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await app.StopAsync(now.Token);
        await app.DisposeAsync();
    }

    private static async Task EchoAsync(HttpContext context)
    {
        var reader = context.RequestServices.GetRequiredService<BodyReader>();
        var connection = context.Features.GetRequiredFeature<DeviceConnection>();
        var authenticated = context.Request.Headers.Authorization.Count > 0;
        var read = await reader.ReadRequestAsync(context, authenticated, context.RequestAborted);
        using var body = read.Body;
        if (body is null)
        {
            context.RequestServices.GetRequiredService<RequestRefusal>().Answer(context, read.Status, read.Reason);
            return;
        }

        context.Response.Headers["X-Source"] = connection.Source.ToString();
        context.Response.Headers["X-Tls"] = connection.IsTls ? "yes" : "no";
        context.Response.Headers["X-Certificate"] = string.Join('|', connection.Certificate?.CommonNames ?? []);
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body.Bytes, context.RequestAborted);
    }
}
