using CwmpShield.Gateway.WebConsole.Accounts;
using CwmpShield.Gateway.WebConsole.Actions;
using CwmpShield.Gateway.WebConsole.Hosting;
using Microsoft.AspNetCore.Mvc;

namespace CwmpShield.Gateway.WebConsole.Pages;

/// <summary>The way out: the session is over in the store, not only in the browser.</summary>
[ConsoleAccess(ConsoleAudience.SignedIn)]
internal sealed class SignOutModel(SessionStore sessions, OperatorJournal journal) : ConsolePage
{
    /// <summary>There is nothing to see.</summary>
    public IActionResult OnGet() => LocalRedirect("/");

    /// <summary>Ends the session.</summary>
    public async Task<IActionResult> OnPostAsync()
    {
        await sessions.EndAsync(Session!, Gone);
        ConsoleCookie.ClearSession(HttpContext);
        await journal.WriteAsync(Acting.Does(OperatorAction.SignOut, Session!.Name, ""));
        return LocalRedirect("/sign-in");
    }
}
