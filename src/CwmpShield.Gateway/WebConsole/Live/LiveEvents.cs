using System.Globalization;
using System.Text.Json;
using CwmpShield.Gateway.WebConsole.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CwmpShield.Gateway.WebConsole.Live;

/// <summary>Judgements as Server-Sent Events, a bounded number of readers, each for a bounded time; the browser then comes again.</summary>
internal static class LiveEvents
{
    /// <summary>Where they are.</summary>
    public const string Path = "/live/events";

    private const int MaxReaders = 32;
    private const int MaxAtOnce = 50;
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(500);

    /// <summary>A reader stays this long; when it comes again, its session is looked at anew.</summary>
    private static readonly TimeSpan Stay = TimeSpan.FromMinutes(1);

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private static int readers;

    /// <summary>Maps <c>/live/events</c>.</summary>
    public static void MapLiveEvents(this IEndpointRouteBuilder endpoints) => endpoints.MapGet(Path, StreamAsync);

    private static async Task StreamAsync(HttpContext context)
    {
        if (Interlocked.Increment(ref readers) > MaxReaders)
        {
            Interlocked.Decrement(ref readers);
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        try
        {
            await WriteAsync(context);
        }
        catch (OperationCanceledException)
        {
            // The reader has left, or the gateway stops.
        }
        finally
        {
            Interlocked.Decrement(ref readers);
        }
    }

    private static async Task WriteAsync(HttpContext context)
    {
        var services = context.RequestServices;
        var recent = services.GetRequiredService<RecentDecisions>();
        var stopping = services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        end.CancelAfter(Stay);
        context.Response.ContentType = "text/event-stream";
        var seen = After(context.Request);
        await context.Response.WriteAsync("retry: 1000\n\n", end.Token);
        using var step = new PeriodicTimer(Step);
        do
        {
            foreach (var one in recent.After(seen, MaxAtOnce))
            {
                seen = one.Number;
                await context.Response.WriteAsync($"id: {one.Number}\ndata: {JsonSerializer.Serialize(one, Json)}\n\n", end.Token);
            }

            await context.Response.Body.FlushAsync(end.Token);
        }
        while (await step.WaitForNextTickAsync(end.Token));
    }

    /// <summary>The last one that the browser has: told by itself when it comes again, by the page the first time.</summary>
    private static long After(HttpRequest request) =>
        long.TryParse(request.Headers["Last-Event-ID"].FirstOrDefault() ?? request.Query["after"].FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var after)
            ? after
            : 0;
}
