using System.Globalization;
using CwmpShield.Gateway.Telemetry;
using Microsoft.AspNetCore.Http;

namespace CwmpShield.Gateway.Listening;

/// <summary>Answers a device request by an HTTP status: counted, with an empty body, and the connection is closed.</summary>
/// <param name="metrics">Where it is counted.</param>
public sealed class RequestRefusal(ShieldMetrics metrics)
{
    private const int RetryAfterSeconds = 30;

    /// <summary>
    /// Answers <paramref name="status"/> because of <paramref name="reason"/>, with the header that goes with it: Allow (405),
    /// Accept-Encoding (415), Retry-After (503).
    /// </summary>
    public void Answer(HttpContext context, int status, string reason) => Answer(context, status, reason, RetryAfterSeconds);

    /// <summary>Answers 503 because of <paramref name="reason"/>, to come again after <paramref name="retryAfter"/> seconds.</summary>
    public void Postpone(HttpContext context, string reason, int retryAfter) =>
        Answer(context, StatusCodes.Status503ServiceUnavailable, reason, retryAfter);

    private void Answer(HttpContext context, int status, string reason, int retryAfter)
    {
        metrics.RequestRejected(context.Features.Get<DeviceConnection>()?.Listener.Name ?? "", reason);
        metrics.Tr064("listener", reason);
        var response = context.Response;
        response.StatusCode = status;
        response.ContentLength = 0;
        response.Headers.Connection = "close";
        switch (status)
        {
            case StatusCodes.Status405MethodNotAllowed:
                response.Headers.Allow = HttpMethods.Post;
                break;
            case StatusCodes.Status415UnsupportedMediaType:
                response.Headers.AcceptEncoding = "gzip, deflate";
                break;
            case StatusCodes.Status503ServiceUnavailable:
                response.Headers.RetryAfter = retryAfter.ToString(CultureInfo.InvariantCulture);
                break;
        }
    }
}
