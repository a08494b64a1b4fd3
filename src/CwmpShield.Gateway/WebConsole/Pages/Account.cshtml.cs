using CwmpShield.Gateway.WebConsole.Accounts;
using CwmpShield.Gateway.WebConsole.Actions;
using CwmpShield.Gateway.WebConsole.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace CwmpShield.Gateway.WebConsole.Pages;

/// <summary>The own password.</summary>
[ConsoleAccess(ConsoleAudience.SignedIn)]
internal sealed class AccountModel(SignIn signIn, AccountStore accounts, OperatorJournal journal) : ConsolePage
{
    /// <summary>The form.</summary>
    public IActionResult OnGet() => Session!.IsToken ? Forbid403() : Page();

    /// <summary>Changes it, after the present one was shown; a stolen session shall not become a stolen account.</summary>
    public async Task<IActionResult> OnPostAsync(string? current, string? next, string? again)
    {
        var name = Session!.Name;
        Problem = current is null || next is null || !string.Equals(next, again, StringComparison.Ordinal) ? "The two new passwords differ."
            : PasswordPolicy.Problem(next, name);
        if (Problem is null && !await signIn.IsOwnAsync(name, current!, SignInThrottle.SourceOf(HttpContext.Connection.RemoteIpAddress), Gone))
        {
            Problem = "The present password does not fit, or there were too many tries.";
        }

        if (Problem is not null)
        {
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }

        await journal.WriteAsync(Acting.Does(OperatorAction.PasswordChanged, name, ""));
        await accounts.SetPasswordAsync(name, next!, Gone);
        ConsoleCookie.ClearSession(HttpContext);
        return LocalRedirect("/sign-in");
    }

    private StatusCodeResult Forbid403() => StatusCode(StatusCodes.Status403Forbidden);
}
