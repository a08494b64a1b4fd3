using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace CwmpShield.Gateway.Listening;

/// <summary>Answers everything that comes in by the management listener, and nothing else.</summary>
/// <param name="next">What takes the requests of the other listeners.</param>
/// <param name="options">Where management is.</param>
/// <param name="metrics">Every metric.</param>
/// <param name="health">Every check.</param>
/// <param name="lifetime">Whether the gateway is stopping.</param>
/// <param name="pages">What answers beside metrics and health; null where there is no console.</param>
internal sealed class ManagementListener(
    RequestDelegate next,
    GatewayOptions options,
    PrometheusText metrics,
    HealthCheckService health,
    IHostApplicationLifetime lifetime,
    ManagementPages? pages = null)
{
    private readonly ManagementHosts hosts = new(options.Management);

    /// <summary>Answers a management request; passes every other one on.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        if (context.Features.Get<ManagementConnection>() is null)
        {
            return next(context);
        }

        if (!hosts.Contains(context.Request.Host.Host))
        {
            return Answer(context, StatusCodes.Status421MisdirectedRequest);
        }

        return context.Request.Path.Value switch
        {
            "/metrics" => GetAsync(context, MetricsAsync, needsToken: true),
            "/healthz" => GetAsync(context, http => http.Response.WriteAsync("ok\n", http.RequestAborted), needsToken: false),
            "/readyz" => GetAsync(context, ReadyAsync, needsToken: true),
            _ when pages is not null => pages.AnswerAsync(context),
            _ => GetAsync(context, http => Answer(http, StatusCodes.Status404NotFound), needsToken: false),
        };
    }

    /// <summary>On loopback machines are let in as they are, unless the configuration says otherwise; beyond it they show a token.</summary>
    private async Task GetAsync(HttpContext context, RequestDelegate answer, bool needsToken)
    {
        if (!HttpMethods.IsGet(context.Request.Method))
        {
            context.Response.Headers.Allow = HttpMethods.Get;
            await Answer(context, StatusCodes.Status405MethodNotAllowed);
        }
        else if (needsToken && !options.Management.IsOpen && !(pages is not null && await pages.AdmitsAsync(context)))
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            await Answer(context, StatusCodes.Status401Unauthorized);
        }
        else
        {
            await answer(context);
        }
    }

    private static Task Answer(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        context.Response.ContentLength = 0;
        return Task.CompletedTask;
    }

    private async Task MetricsAsync(HttpContext context)
    {
        var format = PrometheusFormat.Negotiate(context.Request.Headers.Accept);
        context.Response.ContentType = format.ContentType;
        metrics.Write(format, context.Response.BodyWriter);
        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }

    /// <summary>Ready when every check is healthy and the gateway isn't stopping; each check is named, its details are not.</summary>
    private async Task ReadyAsync(HttpContext context)
    {
        var report = await health.CheckHealthAsync(context.RequestAborted);
        var stopping = lifetime.ApplicationStopping.IsCancellationRequested;
        var ready = report.Status == HealthStatus.Healthy && !stopping;
        context.Response.StatusCode = ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        var lines = report.Entries.Select(entry => $"{entry.Key} {(entry.Value.Status == HealthStatus.Healthy ? "ok" : "failed")}\n");
        await context.Response.WriteAsync(string.Concat(lines) + (stopping ? "stopping\n" : ready ? "ready\n" : "not ready\n"), context.RequestAborted);
    }
}
