using CwmpShield.Gateway.WebConsole.Accounts;
using Microsoft.AspNetCore.Http;

namespace CwmpShield.Gateway.WebConsole.Hosting;

/// <summary>
/// Who may use a page, where it differs from the rule: whoever is signed in may read, and only operators may post. Stands on the page's
/// class, or in an endpoint's metadata.
/// </summary>
/// <param name="audience">Who.</param>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class ConsoleAccessAttribute(ConsoleAudience audience) : Attribute
{
    /// <summary>Whether the endpoint of a request lets <paramref name="session"/> in.</summary>
    public static bool Admits(Endpoint endpoint, ConsoleSession? session, bool isPost)
    {
        var audience = endpoint.Metadata.GetMetadata<ConsoleAccessAttribute>()?.Audience ?? ConsoleAudience.Default;
        if (audience == ConsoleAudience.Everybody)
        {
            return true;
        }

        if (session is null || (isPost && session.IsToken))
        {
            return false;
        }

        return audience switch
        {
            ConsoleAudience.SignedIn => true,
            ConsoleAudience.Auditors => session.Role != ConsoleRole.Viewer && !isPost,
            _ => !isPost || session.Role == ConsoleRole.Operator,
        };
    }

    /// <summary>Who may use it.</summary>
    public ConsoleAudience Audience { get; } = audience;
}

/// <summary>Who may use a page. The default value is the rule.</summary>
internal enum ConsoleAudience
{
    /// <summary>Whoever is signed in may read; operators may post.</summary>
    Default = 0,

    /// <summary>Auditors and operators may read; nobody posts.</summary>
    Auditors,

    /// <summary>Whoever is signed in may read and post: it is about themselves.</summary>
    SignedIn,

    /// <summary>Everybody: the way in.</summary>
    Everybody,
}
