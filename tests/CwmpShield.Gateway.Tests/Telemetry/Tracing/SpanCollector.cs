using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CwmpShield.Gateway.Tests.Telemetry.Tracing;

/// <summary>A collector on loopback that keeps every delivery as it came.</summary>
internal sealed class SpanCollector : IAsyncDisposable
{
    private readonly WebApplication app;

    private SpanCollector(WebApplication app) => this.app = app;

    /// <summary>Bodies, in the order of their coming.</summary>
    public ConcurrentQueue<byte[]> Bodies { get; } = new();

    /// <summary>Paths and content types, and the header that the test has asked for.</summary>
    public ConcurrentQueue<(string Path, string? ContentType, string? Key)> Requests { get; } = new();

    public string Address => app.Urls.First();

    public static async Task<SpanCollector> StartAsync(TaskCompletionSource? hold = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var built = builder.Build();
        var collector = new SpanCollector(built);
        built.Run(context => collector.TakeAsync(context, hold));
        await built.StartAsync();
        return collector;
    }

    /// <summary>Deliveries that hold <paramref name="part"/>.</summary>
    public int Count(ReadOnlySpan<byte> part)
    {
        var found = 0;
        foreach (var body in Bodies)
        {
            found += body.AsSpan().IndexOf(part) >= 0 ? 1 : 0;
        }

        return found;
    }

    /// <summary>Whether <paramref name="text"/> was in any delivery.</summary>
    public bool Has(string text) => Count(System.Text.Encoding.UTF8.GetBytes(text)) > 0;

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task TakeAsync(HttpContext context, TaskCompletionSource? hold)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        Requests.Enqueue((context.Request.Path, context.Request.ContentType, context.Request.Headers["X-Key"]));
        Bodies.Enqueue(body.ToArray());
        if (hold is not null)
        {
            await hold.Task.WaitAsync(context.RequestAborted);
        }
    }
}
