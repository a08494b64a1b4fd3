using System.Security.Claims;
using CwmpShield.Gateway.WebConsole.Accounts;
using CwmpShield.Gateway.WebConsole.Actions;
using CwmpShield.Gateway.WebConsole.Live;
using Microsoft.AspNetCore.Http;

namespace CwmpShield.Gateway.WebConsole.Hosting;

/// <summary>Who sends a request: the account of a session cookie, or a machine by its token.</summary>
internal sealed class Visitors(SessionStore sessions, TokenStore tokens)
{
    private const string Bearer = "Bearer ";

    /// <summary>Who sends <paramref name="context"/>'s request; null when nobody is proven.</summary>
    public async ValueTask<ConsoleSession?> FindAsync(HttpContext context)
    {
        if (Token(context.Request) is { } secret)
        {
            return await tokens.FindAsync(secret, context.RequestAborted) is { Scope: TokenScope.Console } token
                ? new ConsoleSession("token:" + token.Name, token.Role, "")
                : null;
        }

        var isByHand = !context.Request.Path.Equals(LiveEvents.Path, StringComparison.Ordinal);
        return await sessions.FindAsync(ConsoleCookie.ReadSession(context.Request), isByHand, context.RequestAborted);
    }

    /// <summary>Whether a request may read metrics: every token that is good may, and whoever is signed in.</summary>
    public async Task<bool> MayReadMetricsAsync(HttpContext context) =>
        Token(context.Request) is { } secret
            ? await tokens.FindAsync(secret, context.RequestAborted) is not null
            : await sessions.FindAsync(ConsoleCookie.ReadSession(context.Request), isByHand: false, context.RequestAborted) is not null;

    /// <summary>Remembers who it is, for the page; form tokens are good for this session alone.</summary>
    public static void Set(HttpContext context, ConsoleSession? session)
    {
        context.Features.Set(session);
        context.User = session is null ? new ClaimsPrincipal() : new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, session.Digest)], "console"));
    }

    /// <summary>Who it is; null on pages that everybody may see.</summary>
    public static ConsoleSession? Of(HttpContext context) => context.Features.Get<ConsoleSession>();

    /// <summary>Who acts, and from where.</summary>
    public static Operator OperatorOf(HttpContext context) => new(Of(context)?.Name ?? "?", SignInThrottle.SourceOf(context.Connection.RemoteIpAddress));

    private static string? Token(HttpRequest request) =>
        request.Headers.Authorization is [{ } header] && header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? header[Bearer.Length..].Trim() : null;
}
