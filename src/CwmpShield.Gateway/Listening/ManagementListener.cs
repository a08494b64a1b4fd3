using System.Net;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace CwmpShield.Gateway.Listening;

/// <summary>Answers everything that comes in by the management listener, and nothing else.</summary>
internal sealed class ManagementListener(
    RequestDelegate next, GatewayOptions options, PrometheusText metrics, HealthCheckService health, IHostApplicationLifetime lifetime)
{
    private readonly HashSet<string> hosts = Hosts(options.Management.Address);

    /// <summary>Answers a management request; passes every other one on.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        if (context.Features.Get<ManagementConnection>() is null)
        {
            return next(context);
        }

        // A page in an operator's browser can reach a loopback port under a name of its own (DNS rebinding).
        if (!hosts.Contains(context.Request.Host.Host))
        {
            return Answer(context, StatusCodes.Status421MisdirectedRequest);
        }

        if (!HttpMethods.IsGet(context.Request.Method))
        {
            context.Response.Headers.Allow = HttpMethods.Get;
            return Answer(context, StatusCodes.Status405MethodNotAllowed);
        }

        return context.Request.Path.Value switch
        {
            "/metrics" => MetricsAsync(context),
            "/healthz" => context.Response.WriteAsync("ok\n", context.RequestAborted),
            "/readyz" => ReadyAsync(context),
            _ => Answer(context, StatusCodes.Status404NotFound),
        };
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

    private static HashSet<string> Hosts(string address)
    {
        var own = IPAddress.Parse(address);
        var literal = own.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? $"[{own}]" : own.ToString();
        return new(StringComparer.OrdinalIgnoreCase) { "localhost", "127.0.0.1", "[::1]", literal };
    }
}
