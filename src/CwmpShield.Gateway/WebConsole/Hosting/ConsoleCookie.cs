using Microsoft.AspNetCore.Http;

namespace CwmpShield.Gateway.WebConsole.Hosting;

/// <summary>The cookies of the console: no script reads them, no other site sends them, and under TLS they travel by TLS alone.</summary>
internal static class ConsoleCookie
{
    private const string Session = "cwmpshield-session";
    private const string Theme = "cwmpshield-theme";
    private const string TlsPrefix = "__Host-";

    /// <summary>The session's secret, null when the browser has none.</summary>
    public static string? ReadSession(HttpRequest request) => request.Cookies[Name(request, Session)];

    /// <summary>Gives the browser a session's secret, until it is closed.</summary>
    public static void SetSession(HttpContext context, string secret) =>
        context.Response.Cookies.Append(Name(context.Request, Session), secret, Options(context.Request));

    /// <summary>Takes it from the browser.</summary>
    public static void ClearSession(HttpContext context) => context.Response.Cookies.Delete(Name(context.Request, Session), Options(context.Request));

    /// <summary>The colours that the reader has chosen: <c>dark</c>, <c>light</c>, or empty to follow the system.</summary>
    public static string ReadTheme(HttpRequest request) => request.Cookies[Name(request, Theme)] is "dark" or "light" ? request.Cookies[Name(request, Theme)]! : "";

    /// <summary>Remembers the colours for a year.</summary>
    public static void SetTheme(HttpContext context, string theme)
    {
        var options = Options(context.Request);
        options.MaxAge = TimeSpan.FromDays(365);
        context.Response.Cookies.Append(Name(context.Request, Theme), theme is "dark" or "light" ? theme : "system", options);
    }

    /// <summary>A browser lets no other host and no page without TLS set a cookie of this prefix.</summary>
    private static string Name(HttpRequest request, string name) => request.IsHttps ? TlsPrefix + name : name;

    private static CookieOptions Options(HttpRequest request) => new()
    {
        HttpOnly = true,
        Secure = request.IsHttps,
        SameSite = SameSiteMode.Strict,
        Path = "/",
        IsEssential = true,
    };
}
