using CwmpShield.Gateway.Auditing;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.WebConsole.Accounts;
using CwmpShield.Gateway.WebConsole.Actions;
using CwmpShield.Gateway.WebConsole.Live;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace CwmpShield.Gateway.WebConsole.Hosting;

/// <summary>
/// Stands between routing and every page: bounds the request, finds out who asks, and lets in only whom the page is for. What fails
/// behind it becomes a plain page that says nothing of the inside.
/// </summary>
internal sealed class ConsoleGate(
    RequestDelegate next, Visitors visitors, ConsoleAssets assets, OperatorJournal journal, ForbiddenAttempts forbidden, PageTime pageTime, ILogger<ConsoleGate> logger)
{
    private const int MaxBody = 32 << 10;
    private const int MaxTarget = 2048;

    /// <summary>Lets a request through to its page, or answers it.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        ConsoleHeaders.Set(context.Response);
        try
        {
            if (Problem(context) is { } status)
            {
                await ConsoleErrors.AnswerAsync(context, status);
            }
            else if (ConsoleAssets.IsAsset(context.Request.Path))
            {
                await assets.AnswerAsync(context);
            }
            else
            {
                await EnterAsync(context);
            }
        }
        catch (Exception error) when (!context.RequestAborted.IsCancellationRequested)
        {
            await FailedAsync(context, error);
        }
    }

    /// <summary>What is wrong with the form of a request before anybody looks at who sends it.</summary>
    private static int? Problem(HttpContext context)
    {
        var request = context.Request;
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } body)
        {
            body.MaxRequestBodySize = MaxBody;
        }

        return request.Path.Value!.Length + request.QueryString.Value!.Length > MaxTarget ? StatusCodes.Status414UriTooLong
            : request.Path.Value.Any(c => char.IsControl(c) || c == '\\') ? StatusCodes.Status400BadRequest
            : request.ContentLength > MaxBody ? StatusCodes.Status413PayloadTooLarge
            : !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method) && !HttpMethods.IsPost(request.Method) ? StatusCodes.Status405MethodNotAllowed
            : HttpMethods.IsPost(request.Method) && request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) != true
                ? StatusCodes.Status415UnsupportedMediaType
            : null;
    }

    private async Task EnterAsync(HttpContext context)
    {
        if (context.GetEndpoint() is not { } endpoint)
        {
            await ConsoleErrors.AnswerAsync(context, StatusCodes.Status404NotFound);
            return;
        }

        var isPost = HttpMethods.IsPost(context.Request.Method);
        var session = await visitors.FindAsync(context);
        Visitors.Set(context, session);
        if (ConsoleAccessAttribute.Admits(endpoint, session, isPost))
        {
            await (isPost || context.Request.Path.Equals(LiveEvents.Path, StringComparison.Ordinal) ? next(context) : ShowAsync(context));
            if (!context.Response.HasStarted && context.Response is { StatusCode: >= 400, ContentLength: null, ContentType: null })
            {
                await ConsoleErrors.AnswerAsync(context, context.Response.StatusCode);
            }
        }
        else if (session is not null)
        {
            await ForbiddenAsync(context, endpoint);
        }
        else if (isPost || context.Request.Headers.Authorization.Count > 0)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            await ConsoleErrors.AnswerAsync(context, StatusCodes.Status401Unauthorized);
        }
        else
        {
            context.Response.Redirect("/sign-in?to=" + Uri.EscapeDataString(context.Request.Path + context.Request.QueryString));
        }
    }

    /// <summary>The page by its own name, not by what was asked for: that is the visitor's text.</summary>
    /// <summary>Shows a page for as long as a page may take: what it asks of the store is given up then, and does not slow down what devices wait for.</summary>
    private async Task ShowAsync(HttpContext context)
    {
        var gone = context.RequestAborted;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(gone);
        end.CancelAfter(pageTime.Longest);
        context.RequestAborted = end.Token;
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (!gone.IsCancellationRequested)
        {
            throw new PageTooSlowException();
        }
        finally
        {
            context.RequestAborted = gone;
        }
    }

    /// <summary>Refuses what the role does not allow. Each attempt is a record, as far as nobody fills the ledger with them.</summary>
    private async Task ForbiddenAsync(HttpContext context, Endpoint endpoint)
    {
        var who = Visitors.OperatorOf(context);
        if (forbidden.Count(who.Name) is not { } count)
        {
            await ConsoleErrors.AnswerAsync(context, StatusCodes.Status429TooManyRequests);
            return;
        }

        var detail = count == ForbiddenAttempts.MaxPerMinute ? "further attempts of this minute are refused and not recorded" : "";
        await journal.WriteAsync(who.Does(OperatorAction.Forbidden, Page(endpoint), detail));
        await ConsoleErrors.AnswerAsync(context, StatusCodes.Status403Forbidden);
    }

    private static string Page(Endpoint endpoint) => (endpoint as RouteEndpoint)?.RoutePattern.RawText ?? "";

    private async Task FailedAsync(HttpContext context, Exception error)
    {
        var status = error switch
        {
            BadHttpRequestException bad => bad.StatusCode,
            InvalidDataException => StatusCodes.Status400BadRequest,
            PageTooSlowException => StatusCodes.Status504GatewayTimeout,
            RegistryUnavailableException or LedgerUnavailableException => StatusCodes.Status503ServiceUnavailable,
            _ => StatusCodes.Status500InternalServerError,
        };
        if (status == StatusCodes.Status503ServiceUnavailable)
        {
            logger.StoreAway(error);
        }
        else if (status == StatusCodes.Status500InternalServerError)
        {
            logger.PageFailed(error);
        }

        if (context.Response.HasStarted)
        {
            context.Abort();
            return;
        }

        context.Response.Clear();
        ConsoleHeaders.Set(context.Response);
        await ConsoleErrors.AnswerAsync(context, status);
    }
}
