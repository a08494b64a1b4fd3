using CwmpShield.Gateway.WebConsole.Accounts;
using CwmpShield.Gateway.WebConsole.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace CwmpShield.Gateway.WebConsole.Pages;

/// <summary>The way in.</summary>
[ConsoleAccess(ConsoleAudience.Everybody)]
internal sealed class SignInModel(SignIn signIn) : ConsolePage
{
    private const int MaxPasswordLength = 256;

    /// <summary>Where to go afterwards.</summary>
    public string To { get; private set; } = "/";

    /// <summary>The name as it was written, to be corrected.</summary>
    public string Name { get; private set; } = "";

    /// <summary>The form; whoever is signed in is sent on.</summary>
    public IActionResult OnGet(string? to)
    {
        To = Local(to);
        return Session is null ? Page() : LocalRedirect(To);
    }

    /// <summary>Looks at name and password. One answer for all that is wrong: what it was is nobody's business.</summary>
    public async Task<IActionResult> OnPostAsync(string? name, string? password, string? to)
    {
        To = Local(to);
        Name = name ?? "";
        var source = SignInThrottle.SourceOf(HttpContext.Connection.RemoteIpAddress);
        var secret = password is { Length: > 0 and <= MaxPasswordLength } && Name.Length > 0 ? await signIn.TryAsync(Name, password, source, Gone) : null;
        if (secret is null)
        {
            Problem = $"Name and password don't fit, or there were too many tries: then try again in {SignInThrottle.Window.TotalMinutes:0} minutes.";
            Response.StatusCode = StatusCodes.Status401Unauthorized;
            return Page();
        }

        ConsoleCookie.SetSession(HttpContext, secret);
        return LocalRedirect(To);
    }
}
