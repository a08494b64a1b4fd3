using CwmpShield.Gateway.Listening;
using CwmpShield.Gateway.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace CwmpShield.Gateway.Mirror.Serving;

/// <summary>
/// Answers everything that comes in by the mirror's listeners: GET and HEAD of a URL that was given with an order, as long as that
/// order is open and its artefact stands. Anything else gets a status without a body.
/// </summary>
internal sealed class MirrorStage(
    RequestDelegate next,
    LinkTickets tickets,
    MirrorLogin login,
    LinkUse use,
    MirrorShelf shelf,
    MirrorRefill refill,
    FindMirroredOrder find,
    ArtefactStands stands,
    MirrorMetrics metrics,
    TimeProvider time)
{
    private const int RetryAfterSeconds = 30;

    /// <summary>Answers a request of the mirror's; passes every other one on.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        if (context.Features.Get<MirrorConnection>() is not { } connection)
        {
            await next(context);
            return;
        }

        var clock = context.Features.Get<ConnectionClock>();
        clock?.RequestBegins();
        try
        {
            var outcome = await AnswerAsync(context, connection);
            metrics.Requested(connection.Listener.Name, outcome);
        }
        finally
        {
            clock?.RequestEnds();
        }
    }

    private async ValueTask<string> AnswerAsync(HttpContext context, MirrorConnection connection)
    {
        // :: Step 1: a plain GET or HEAD
        var request = context.Request;
        if (context.Features.Get<IHttpMinResponseDataRateFeature>() is { } rate)
        {
            rate.MinDataRate = new MinDataRate(connection.Listener.MinBytesPerSecond, RequestGate.RateGrace);
        }

        var isHead = HttpMethods.IsHead(request.Method);
        if ((!HttpMethods.IsGet(request.Method) && !isHead) || context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: true })
        {
            context.Response.Headers.Allow = "GET, HEAD";
            return Refuse(context, StatusCodes.Status405MethodNotAllowed, MirrorReason.MethodRefused);
        }

        // :: Step 2: a URL that was given, and is still good
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        if (!tickets.TryRead(MirrorUrls.TicketIn(target), out var ticket))
        {
            return Refuse(context, StatusCodes.Status404NotFound, MirrorReason.LinkUnknown);
        }

        if (time.GetUtcNow() >= ticket.Expires)
        {
            return Refuse(context, StatusCodes.Status410Gone, MirrorReason.LinkExpired);
        }

        // :: Step 3: the device that it was given to
        if (ticket.HasCredential && !login.Admits(context, connection.Listener, ticket))
        {
            return Refuse(context, StatusCodes.Status401Unauthorized, MirrorReason.CredentialRefused, closes: false);
        }

        // :: Step 4: an order that is open, for an artefact that stands
        MirroredOrder? order;
        try
        {
            order = await find(ticket.Order, context.RequestAborted);
        }
        catch (RegistryUnavailableException)
        {
            return Refuse(context, StatusCodes.Status503ServiceUnavailable, MirrorReason.StoreUnavailable);
        }

        return order is not { IsOpen: true } ? Refuse(context, StatusCodes.Status410Gone, MirrorReason.LinkUsed)
            : !stands(order.Artefact, order.Sha256) ? Refuse(context, StatusCodes.Status410Gone, MirrorReason.Withdrawn)
            : await ServeAsync(context, ticket, order, isHead);
    }

    private async ValueTask<string> ServeAsync(HttpContext context, LinkTicket ticket, MirroredOrder order, bool isHead)
    {
        // :: Step 5: bytes that were verified
        if (shelf.Open(order.Sha256) is not var (file, handle))
        {
            refill.Ask(order);
            return Refuse(context, StatusCodes.Status503ServiceUnavailable, MirrorReason.FileAbsent);
        }

        using var opened = handle;
        var range = FileAnswer.RangeOf(context.Request, file);
        if (range.Kind == RangeKind.Outside)
        {
            context.Response.Headers.ContentRange = FormattableString.Invariant($"bytes */{file.Size}");
            return Refuse(context, StatusCodes.Status416RangeNotSatisfiable, MirrorReason.RangeRefused, closes: false);
        }

        if (isHead)
        {
            FileAnswer.Describe(context.Response, file, range);
            return "head";
        }

        if (use.TryBegin(ticket, file.Size, range.Length) is { Length: > 0 } refusal)
        {
            return Refuse(context, refusal == MirrorReason.LinkBusy ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status410Gone, refusal);
        }

        var sent = 0L;
        metrics.TransferBegins();
        try
        {
            FileAnswer.Describe(context.Response, file, range);
            await context.Response.StartAsync(context.RequestAborted);
            sent = await FileSending.SendAsync(
                opened, range.Offset, range.Length, context.Response.BodyWriter, () => stands(order.Artefact, order.Sha256), context.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            // The device has gone.
        }
        finally
        {
            use.End(ticket, range.Length - sent);
            metrics.TransferEnds(sent);
        }

        if (sent == range.Length)
        {
            return range.Kind == RangeKind.Whole ? "whole" : "part";
        }

        // Fewer bytes than promised must not look like an end.
        context.Abort();
        return stands(order.Artefact, order.Sha256) ? "broken-off" : MirrorReason.Withdrawn;
    }

    private static string Refuse(HttpContext context, int status, string reason, bool closes = true)
    {
        var response = context.Response;
        response.StatusCode = status;
        response.ContentLength = 0;
        if (closes)
        {
            response.Headers.Connection = "close";
        }

        if (status == StatusCodes.Status503ServiceUnavailable)
        {
            response.Headers.RetryAfter = RetryAfterSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        return reason;
    }
}
