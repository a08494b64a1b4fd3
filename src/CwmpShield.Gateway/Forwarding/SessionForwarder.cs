using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using CwmpShield.Gateway.Inspection;
using CwmpShield.Gateway.Telemetry;
using Microsoft.Extensions.Logging;

namespace CwmpShield.Gateway.Forwarding;

/// <summary>
/// The HTTP client that YARP forwards a cluster's requests with. It finds the session in the request's options and speaks on
/// the session's own connection; what it returns is the first answer that the device may have. Health probes carry no session
/// and go out on a connection of their own.
/// </summary>
internal sealed class SessionForwarder(RefusalLoop loop, SessionEnding ending, HttpMessageInvoker probes, ShieldMetrics metrics, ILogger log) : HttpMessageHandler
{
    private const int UsualRetryAfter = 30;
    private const int LongestRetryAfter = 3600;

    /// <summary>Where the exchange stands among a request's options.</summary>
    public static readonly HttpRequestOptionsKey<DeviceExchange> Exchange = new("CwmpShield.Exchange");

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!request.Options.TryGetValue(Exchange, out var exchange))
        {
            return await probes.SendAsync(request, cancellationToken);
        }

        if (!exchange.TryTake())
        {
            return Unavailable(null);
        }

        var device = new WaitingDevice();
        _ = RunAsync(exchange, device);
        try
        {
            return Response(await device.Answer.WaitAsync(cancellationToken), exchange);
        }
        catch (OperationCanceledException)
        {
            if (device.TryClaim())
            {
                ending.Request(exchange.Session, SessionOutcome.DeviceGone);
            }

            throw;
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            probes.Dispose();
        }

        base.Dispose(disposing);
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

    private static HttpResponseMessage Response(DeviceAnswer answer, DeviceExchange exchange) => answer switch
    {
        DeviceAnswer.Message message => WithCookie(Message(message.Body), exchange),
        DeviceAnswer.Empty => new HttpResponseMessage(HttpStatusCode.NoContent),
        DeviceAnswer.Challenge challenge => WithCookie(Challenge(challenge), exchange),
        DeviceAnswer.Redirect redirect => Redirect(redirect),
        DeviceAnswer.Unavailable { IsDown: true } down => throw new HttpRequestException(down.Reason),
        DeviceAnswer.Unavailable unavailable => Unavailable(unavailable.RetryAfter),
        _ => Unavailable(null),
    };

    private static HttpResponseMessage Message(ReadOnlyMemory<byte> body)
    {
        var response = new HttpResponseMessage(HttpStatusCode.OK) { Content = new ReadOnlyMemoryContent(body) };
        response.Content.Headers.ContentType = new MediaTypeHeaderValue("text/xml") { CharSet = "\"utf-8\"" };

        // Set, not computed: YARP copies what is set, and devices get along with a length better than with chunks.
        response.Content.Headers.ContentLength = body.Length;
        return response;
    }

    private static HttpResponseMessage Challenge(DeviceAnswer.Challenge challenge)
    {
        var response = new HttpResponseMessage(HttpStatusCode.Unauthorized);
        foreach (var value in challenge.WwwAuthenticate)
        {
            response.Headers.TryAddWithoutValidation("WWW-Authenticate", value);
        }

        return response;
    }

    private static HttpResponseMessage Redirect(DeviceAnswer.Redirect redirect)
    {
        var response = new HttpResponseMessage((HttpStatusCode)redirect.Status);
        response.Headers.TryAddWithoutValidation("Location", redirect.Target);
        return response;
    }

    private static HttpResponseMessage Unavailable(int? seconds)
    {
        var response = new HttpResponseMessage(HttpStatusCode.ServiceUnavailable);
        var wait = Math.Clamp(seconds ?? UsualRetryAfter, 1, LongestRetryAfter);
        response.Headers.TryAddWithoutValidation("Retry-After", wait.ToString(CultureInfo.InvariantCulture));
        return response;
    }

    private static HttpResponseMessage WithCookie(HttpResponseMessage response, DeviceExchange exchange)
    {
        if (exchange.IsInform)
        {
            response.Headers.TryAddWithoutValidation("Set-Cookie", SessionCookie.SetHeader(exchange.Session.Cookie));
        }

        return response;
    }
}
