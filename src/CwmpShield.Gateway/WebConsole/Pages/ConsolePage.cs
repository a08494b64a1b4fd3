using CwmpShield.Gateway.WebConsole.Accounts;
using CwmpShield.Gateway.WebConsole.Actions;
using CwmpShield.Gateway.WebConsole.Hosting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace CwmpShield.Gateway.WebConsole.Pages;

/// <summary>
/// What every page has: who looks, and input that is what its parameters say. A value that cannot be read, or holds control
/// characters, is answered 400 before the page sees it. Errors that a page wants to show it keeps in <see cref="Problem"/>.
/// </summary>
internal abstract class ConsolePage : PageModel
{
    /// <summary>Who looks; null on the way in.</summary>
    public ConsoleSession? Session => Visitors.Of(HttpContext);

    /// <summary>Whether actions are offered. The gate refuses them to others anyway.</summary>
    public bool IsOperator => Session is { Role: ConsoleRole.Operator, IsToken: false };

    /// <summary>What is wrong with the form; null while nothing is.</summary>
    public string? Problem { get; protected set; }

    /// <summary>Who acts, and from where.</summary>
    protected Operator Acting => Visitors.OperatorOf(HttpContext);

    /// <summary>Ends when the browser has gone.</summary>
    protected CancellationToken Gone => HttpContext.RequestAborted;

    /// <inheritdoc/>
    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        if (!ModelState.IsValid || context.HandlerArguments.Values.OfType<string>().Any(text => text.Any(char.IsControl)))
        {
            context.Result = new BadRequestResult();
        }
    }

    /// <summary>A page of this console to go back to; the overview for anything else.</summary>
    protected string Local(string? to) => to is { Length: > 0 and <= 1024 } && Url.IsLocalUrl(to) && !to.StartsWith(Live.LiveEvents.Path, StringComparison.Ordinal) ? to : "/";
}
