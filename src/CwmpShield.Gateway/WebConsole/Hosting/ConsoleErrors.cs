using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CwmpShield.Gateway.WebConsole.Hosting;

/// <summary>Errors as plain pages: what happened and what to do, nothing of the inside and nothing that the visitor wrote.</summary>
internal static class ConsoleErrors
{
    /// <summary>Answers with the page of <paramref name="status"/>.</summary>
    public static async Task AnswerAsync(HttpContext context, int status)
    {
        var (title, advice) = Words(status);
        var assets = context.RequestServices.GetRequiredService<ConsoleAssets>();
        var theme = ConsoleCookie.ReadTheme(context.Request);
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/html; charset=utf-8";
        await context.Response.WriteAsync(
            $"""
            <!DOCTYPE html>
            <html lang="en"{(theme.Length > 0 ? $" data-theme=\"{theme}\"" : "")}>
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title} · CwmpShield</title>
            <link rel="icon" href="{assets.UrlOf("icon.svg")}"><link rel="stylesheet" href="{assets.UrlOf("console.css")}"></head>
            <body class="plain"><main class="sheet"><p class="eyebrow">{status}</p><h1>{title}</h1><p>{advice}</p>
            <p><a class="button" href="/">To the overview</a></p></main></body>
            </html>
            """,
            context.RequestAborted);
    }

    private static (string Title, string Advice) Words(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => ("Sign in first", "The session is over, or there was none. Sign in and try again."),
        StatusCodes.Status403Forbidden => ("Not yours to do", "Your role does not allow this. The attempt was recorded."),
        StatusCodes.Status404NotFound => ("No such page", "There is nothing at this address."),
        StatusCodes.Status405MethodNotAllowed => ("Not that way", "This address takes no such request."),
        StatusCodes.Status409Conflict => ("Somebody was faster", "It has changed since you looked at it. Look again."),
        StatusCodes.Status413PayloadTooLarge => ("Too large", "The form is larger than anything that is asked for here."),
        StatusCodes.Status414UriTooLong => ("Too long", "The address is longer than any of this console."),
        StatusCodes.Status429TooManyRequests => ("Too often", "Your role does not allow this, however often it is tried. Wait a minute."),
        StatusCodes.Status503ServiceUnavailable => ("The store does not answer", "Nothing was changed. Try again in a moment; the gateway refuses dangerous orders until then."),
        StatusCodes.Status504GatewayTimeout => ("That took too long", "So much cannot be looked through at once. Go back and ask for a shorter time, or for one device."),
        >= 500 => ("Something failed here", "Nothing more is known to this page; the gateway's log has the details."),
        _ => ("The request is not good", "A form or an address was not as expected. Go back and try again."),
    };
}
