using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Decisions;
using CwmpShield.Core.Identity;
using CwmpShield.Core.Rules;
using CwmpShield.Core.Sessions;
using CwmpShield.Gateway.Forwarding;
using CwmpShield.Gateway.Listening;
using CwmpShield.Gateway.Telemetry;
using CwmpShield.Gateway.Telemetry.Tracing;
using CwmpShield.Gateway.Throttling;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Yarp.ReverseProxy.Forwarder;

namespace CwmpShield.Gateway.Inspection;

/// <summary>Finds the session of a device's message, has the message judged, and lets it go on to the ACS or answers in its place.</summary>
internal sealed class InspectionStage(
    RequestDelegate next,
    SessionTable table,
    BodyReader reader,
    LargeBodies large,
    MessageJudge judge,
    SessionOpening opening,
    SessionTurn turn,
    SessionEnding ending,
    RequestRefusal refusal,
    PartyGate gate,
    ImpersonationAlarm alarm,
    ShieldMetrics metrics,
    TimeProvider time)
{
    /// <summary>Inspects one request.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        var connection = context.Features.GetRequiredFeature<DeviceConnection>();
        var proven = context.Features.GetRequiredFeature<ProvenIdentity>();

        // :: Step 1: the session that the message says it belongs to
        var (session, isForeign) = table.Find(connection, context.Request.Headers.Cookie, proven);
        if (isForeign)
        {
            refusal.Answer(context, StatusCodes.Status403Forbidden, InspectionReason.CookieForeign);
            return;
        }

        var arrivedAt = time.GetUtcNow();
        session?.Arrives(arrivedAt + connection.Listener.Limits.RequestTime);

        // :: Step 2: the body, within the bounds of who sent it
        var party = gate.PartyOf(proven, connection.Source.Address);
        if (gate.Body(party, connection.Listener) is { IsGranted: false } late)
        {
            refusal.Postpone(context, late.Reason, RetryAfter.Seconds(late.Wait));
            return;
        }

        var isTrusted = proven.Strength > IdentityStrength.None || session is { Turns.IsInformed: true };
        var read = await reader.ReadRequestAsync(context, isTrusted, context.RequestAborted);
        gate.Sent(party, read.Body?.Length ?? BodyReader.Announced(context, isTrusted ? connection.Listener.Limits.MaxUpBodyBytes : connection.Listener.Limits.MaxUnauthenticatedBodyBytes));
        if (read.Body is null)
        {
            refusal.Answer(context, read.Status, read.Reason);
            return;
        }

        // :: Steps 3 and 4: the message, judged and taken
        if (await TakeAsync(context, connection, proven, arrivedAt, read.Body, session) is { } exchange)
        {
            // :: Step 5: on to the ACS
            await ForwardAsync(context, exchange);
        }
    }

    /// <summary>Judges the body and takes the message; nothing of either is kept while the ACS is waited for.</summary>
    private async Task<DeviceExchange?> TakeAsync(
        HttpContext context, DeviceConnection connection, ProvenIdentity proven, DateTimeOffset arrivedAt, BufferedBody body, DeviceSession? session)
    {
        DeviceSession? inside;
        Core.Decisions.Inspection? inspection;
        using (body)
        using (await large.EnterAsync(body.Length, context.RequestAborted))
        {
            // :: Step 3: one exchange at a time is inside a session
            inside = session is not null && session.TryEnter() ? session : null;
            inspection = Judge(context, connection, proven, body, inside);
        }

        return await GoOnAsync(new DeviceMessage(context, connection, proven, arrivedAt, inspection), session, inside);
    }

    /// <summary>Judges the body; null for an empty POST.</summary>
    private Core.Decisions.Inspection? Judge(
        HttpContext context, DeviceConnection connection, ProvenIdentity proven, BufferedBody body, DeviceSession? inside)
    {
        // White space is no message; some devices end an empty POST with a line break.
        if (body.Bytes.Span.Trim(" \t\r\n"u8).IsEmpty)
        {
            return Tr064Text.IsAction(Single(context.Request.Headers["SOAPAction"]) ?? "") ? judge.Refused(Tr064Reason.SoapAction) : null;
        }

        var request = context.Request;
        var raw = new RawMessage(Direction.CpeToAcs, body.Bytes, request.ContentType, Single(request.Headers["SOAPAction"]), request.Path.Value ?? "");
        var stranger = new InspectionContext
        {
            Traits = TraitsOf(proven),
            Source = connection.Source.Address,
            Signals = message => alarm.OfMessage(message, gate.PartyOf(proven, connection.Source.Address), proven, connection.Caller),
        };
        try
        {
            return judge.FromDevice(raw, inside, stranger, connection.Listener.Limits);
        }
        catch when (inside is not null)
        {
            ending.Abort(inside);
            throw;
        }
    }

    private async Task<DeviceExchange?> GoOnAsync(DeviceMessage message, DeviceSession? found, DeviceSession? inside)
    {
        // :: Step 4: an Inform opens a session, unless the one it belongs to waits for it
        if (message.IsInform && !(inside is { Turns.State: SessionState.InformOwed } && message.IsOf(inside)))
        {
            if (inside is not null)
            {
                ending.Leave(inside);
            }

            return await opening.OpenAsync(message, found);
        }

        if (inside is not null)
        {
            return await turn.TakeAsync(message, inside);
        }

        refusal.Answer(message.Context, StatusCodes.Status400BadRequest, ReasonOutside(message, found));
        return null;
    }

    private async Task ForwardAsync(HttpContext context, DeviceExchange exchange)
    {
        ExchangeSpans.BelongsTo(exchange.Session.Id);
        context.Features.Set(exchange);
        var isUnsent = true;
        try
        {
            await next(context);
        }
        finally
        {
            // The proxy may never have come to send it; then nobody else leaves the session.
            isUnsent = exchange.TryTake();
            if (isUnsent)
            {
                exchange.Release();
                ending.Abort(exchange.Session);
            }
        }

        if (isUnsent)
        {
            metrics.UpstreamError(ForwardingReason.AcsNoDestination);
            refusal.Answer(context, StatusCodes.Status503ServiceUnavailable, ForwardingReason.AcsNoDestination);
        }
        else if (context.Features.Get<IForwarderErrorFeature>() is not null && !context.Response.HasStarted)
        {
            refusal.Answer(context, StatusCodes.Status503ServiceUnavailable, ForwardingReason.AcsUnavailable);
        }
    }

    /// <summary>Why a message that is inside no session is refused.</summary>
    private static string ReasonOutside(DeviceMessage message, DeviceSession? found) => found switch
    {
        null when message.Inspection is { Message: null } unreadable => unreadable.Decision.Reasons.FirstOrDefault(SessionReason.InformExpected),
        null => SessionReason.InformExpected,
        { IsEnding: true } => SessionReason.SessionOver,
        _ => SessionReason.ExchangeConcurrent,
    };

    private static DeviceTraits TraitsOf(ProvenIdentity proven) => new()
    {
        Device = proven.Device?.Device,
        Strength = proven.Strength,
        Status = proven.Device?.Status,
        Groups = proven.Device?.Groups ?? [],
        SoftwareVersion = proven.Device?.SoftwareVersion ?? "",
        HighestSoftwareVersion = proven.Device?.HighestSoftwareVersion ?? "",
    };

    private static string? Single(Microsoft.Extensions.Primitives.StringValues values) => values.Count == 0 ? null : values.ToString();
}
