using CwmpShield.Gateway.Forwarding;
using CwmpShield.Gateway.Listening;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CwmpShield.Gateway.Inspection;

/// <summary>An error of the gateway's own looks like neither protocol nor page: 503 without a body, counted; an answer that has begun is cut off.</summary>
internal sealed class GatewayErrorStage(RequestDelegate next, RequestRefusal refusal, ILogger<GatewayErrorStage> log)
{
    /// <summary>Guards the stages behind.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            context.Abort();
        }
        catch (BadHttpRequestException bad) when (!context.Response.HasStarted)
        {
            refusal.Answer(context, bad.StatusCode, ListeningReason.HttpMalformed);
        }
        catch (Exception error)
        {
            log.GatewayFailed(error);
            if (context.Response.HasStarted)
            {
                context.Abort();
                return;
            }

            context.Response.Clear();
            refusal.Answer(context, StatusCodes.Status503ServiceUnavailable, ForwardingReason.GatewayError);
        }
    }
}
