using CwmpShield.Gateway.Telemetry.Tracing;
using Microsoft.AspNetCore.Http;

namespace CwmpShield.Gateway.Telemetry;

/// <summary>Gives every request an <see cref="ExchangeTrace"/>.</summary>
internal sealed class ExchangeTraceStage(RequestDelegate next)
{
    /// <summary>Passes the request on within its exchange.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        using var exchange = ExchangeTrace.Begin();
        ExchangeSpans.Begun();
        await next(context);
        ExchangeSpans.Answered(context.Response.StatusCode);
    }
}
