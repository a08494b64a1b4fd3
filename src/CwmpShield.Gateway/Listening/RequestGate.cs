using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Revocation;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace CwmpShield.Gateway.Listening;

/// <summary>
/// The first stage of a request: HTTP/1.1, unambiguous framing, a POST on a configured path, and nothing larger than the
/// listener takes. The body is left unread for <see cref="BodyReader"/>.
/// </summary>
internal sealed class RequestGate(RequestDelegate next, RequestRefusal refusal)
{
    /// <summary>Kestrel's grace before the minimum rate counts.</summary>
    public static readonly TimeSpan RateGrace = TimeSpan.FromSeconds(10);

    /// <summary>Lets the request pass or answers it.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        if (context.Features.Get<DeviceConnection>() is not { } connection)
        {
            // Neither a device listener nor the management listener: no door leads here.
            refusal.Answer(context, StatusCodes.Status404NotFound, ListeningReason.PathUnknown);
            return;
        }

        var clock = context.Features.Get<ConnectionClock>();
        clock?.RequestBegins();
        try
        {
            if (RequestChecks.Judge(context.Request, connection.Listener) is { Status: > 0 } refused)
            {
                refusal.Answer(context, refused.Status, refused.Reason);
                return;
            }

            // A certificate may have been revoked since the handshake.
            if (connection.JudgeCertificate() is { Verdict: not CertificateVerdict.Accepted } judgement)
            {
                var isFinal = judgement.Verdict == CertificateVerdict.Refused;
                refusal.Answer(context, isFinal ? StatusCodes.Status403Forbidden : StatusCodes.Status503ServiceUnavailable, judgement.Reason);
                return;
            }

            SetRates(context, connection.Listener.Limits);
            await next(context);
        }
        finally
        {
            clock?.RequestEnds();
        }
    }

    private static void SetRates(HttpContext context, ListenerLimits limits)
    {
        if (context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } up)
        {
            up.MinDataRate = new MinDataRate(limits.MinBytesPerSecond, RateGrace);
        }

        if (context.Features.Get<IHttpMinResponseDataRateFeature>() is { } down)
        {
            down.MinDataRate = new MinDataRate(limits.MinBytesPerSecond, RateGrace);
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = limits.MaxUpBodyBytes;
        }
    }
}
