using CwmpShield.Gateway.WebConsole.Hosting;
using Microsoft.AspNetCore.Mvc;

namespace CwmpShield.Gateway.WebConsole.Pages;

/// <summary>The colours of the pages, kept in a cookie so that no script is needed.</summary>
[ConsoleAccess(ConsoleAudience.SignedIn)]
internal sealed class ThemeModel : ConsolePage
{
    /// <summary>There is nothing to see.</summary>
    public IActionResult OnGet() => LocalRedirect("/");

    /// <summary>Remembers the choice and goes back.</summary>
    public IActionResult OnPost(string? theme, string? to)
    {
        ConsoleCookie.SetTheme(HttpContext, theme ?? "");
        return LocalRedirect(Local(to));
    }
}
