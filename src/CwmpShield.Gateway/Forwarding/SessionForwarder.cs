using System.Globalization;
using CwmpShield.Gateway.Inspection;
using CwmpShield.Gateway.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Forwarder;

namespace CwmpShield.Gateway.Forwarding;

/// <summary>
/// What YARP forwards with, once it has chosen a destination: the message that inspection let through goes out on its session's own connection, and
/// the first answer that the device may have comes back. Both are whole in memory, so nothing is copied from stream to stream, and no header passes that is
/// not written here.
/// </summary>
internal sealed class SessionForwarder(RefusalLoop loop, SessionEnding ending, ShieldMetrics metrics, ILogger<SessionForwarder> log) : IHttpForwarder
{
    private const int UsualRetryAfter = 30;
    private const int LongestRetryAfter = 3600;

    /// <inheritdoc/>
    public async ValueTask<ForwarderError> SendAsync(
        HttpContext context, string destinationPrefix, HttpMessageInvoker httpClient, ForwarderRequestConfig requestConfig, HttpTransformer transformer)
    {
        var exchange = context.Features.GetRequiredFeature<DeviceExchange>();
        if (!exchange.TryTake())
        {
            Unavailable(context.Response, null);
            return ForwarderError.None;
        }

        // :: Step 1: to the ACS, and what comes back
        var device = new WaitingDevice();
        _ = RunAsync(exchange, device);
        DeviceAnswer answer;
        try
        {
            answer = await device.Answer.WaitAsync(requestConfig.ActivityTimeout ?? Timeout.InfiniteTimeSpan, context.RequestAborted);
        }
        catch (Exception gone) when (gone is OperationCanceledException or TimeoutException)
        {
            if (device.TryClaim())
            {
                ending.Request(exchange.Session, SessionOutcome.DeviceGone);
            }

            return Failed(context, gone is TimeoutException ? ForwarderError.RequestTimedOut : ForwarderError.RequestCanceled, gone);
        }

        // :: Step 2: the health of a destination is YARP's to judge
        if (answer is DeviceAnswer.Unavailable { IsDown: true } down)
        {
            return Failed(context, ForwarderError.Request, new HttpRequestException(down.Reason));
        }

        // :: Step 3: to the device
        await AnswerAsync(context, answer, exchange);
        return ForwarderError.None;
    }

    /// <summary>The exchange outlives the device's patience: the ACS is always heard to the end.</summary>
    private async Task RunAsync(DeviceExchange exchange, WaitingDevice device)
    {
        DeviceAnswer? answer = null;
        try
        {
            answer = await loop.RunAsync(exchange.Session, exchange.Message, exchange.Authorization, device);
        }
        catch (Exception error)
        {
            log.GatewayFailed(error);
            metrics.UpstreamError(ForwardingReason.GatewayError);
            exchange.Session.Turns.End();
            answer = device.TryClaim() ? new DeviceAnswer.Unavailable(ForwardingReason.GatewayError) : null;
        }

        if (answer is null)
        {
            exchange.Session.RequestEnd(SessionOutcome.DeviceGone);
        }

        // The session is left before its device is answered: the device's next message may come at once.
        exchange.Release();
        ending.Leave(exchange.Session);
        if (answer is not null)
        {
            device.Give(answer);
        }
    }

    private static Task AnswerAsync(HttpContext context, DeviceAnswer answer, DeviceExchange exchange)
    {
        var response = context.Response;
        if (answer is DeviceAnswer.Message or DeviceAnswer.Challenge && exchange.IsInform)
        {
            response.Headers.SetCookie = SessionCookie.SetHeader(exchange.Session.Cookie);
        }

        switch (answer)
        {
            case DeviceAnswer.Message message:
                return DeviceReply.SoapAsync(context, message.Body);
            case DeviceAnswer.Empty:
                return DeviceReply.EmptyAsync(context);
            case DeviceAnswer.Challenge challenge:
                response.StatusCode = StatusCodes.Status401Unauthorized;
                response.Headers.WWWAuthenticate = challenge.WwwAuthenticate.ToArray();
                break;
            case DeviceAnswer.Redirect redirect:
                response.StatusCode = redirect.Status;
                response.Headers.Location = redirect.Target;
                break;
            default:
                Unavailable(response, (answer as DeviceAnswer.Unavailable)?.RetryAfter);
                break;
        }

        return Task.CompletedTask;
    }

    private static void Unavailable(HttpResponse response, int? seconds)
    {
        response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        response.Headers.RetryAfter = Math.Clamp(seconds ?? UsualRetryAfter, 1, LongestRetryAfter).ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Tells YARP's passive health checks, and the inspection stage, which answers the device.</summary>
    private static ForwarderError Failed(HttpContext context, ForwarderError error, Exception exception)
    {
        context.Features.Set<IForwarderErrorFeature>(new Failure(error, exception));
        return error;
    }

    private sealed record Failure(ForwarderError Error, Exception? Exception) : IForwarderErrorFeature;
}
