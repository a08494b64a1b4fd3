using CwmpShield.Gateway.Telemetry;
using Microsoft.AspNetCore.Http;

namespace CwmpShield.Gateway.Listening;

/// <summary>Answers a device request by an HTTP status: counted, with an empty body, and the connection is closed.</summary>
/// <param name="metrics">Where it is counted.</param>
public sealed class RequestRefusal(ShieldMetrics metrics)
{
    private const int RetryAfterSeconds = 30;

    /// <summary>Answers <paramref name="status"/> because of <paramref name="reason"/>; 503 comes with Retry-After.</summary>
    public void Answer(HttpContext context, int status, string reason)
    {
        var listener = context.Features.Get<IDeviceConnection>()?.Listener.Name ?? "";
        metrics.RequestRejected(listener, reason);
        var response = context.Response;
        response.StatusCode = status;
        response.ContentLength = 0;
        response.Headers.Connection = "close";
        if (status == StatusCodes.Status503ServiceUnavailable)
        {
            response.Headers.RetryAfter = RetryAfterSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }
    }
}
