using System.Net.Http.Headers;

namespace CwmpShield.Gateway.Forwarding;

/// <summary>What an ACS asks for by 401: Basic, or Digest (RFC 7616) with quality of protection <c>auth</c>.</summary>
/// <param name="IsDigest">Digest, else Basic.</param>
/// <param name="Realm">Digest's realm.</param>
/// <param name="Nonce">Digest's nonce.</param>
/// <param name="Opaque">Digest's opaque, null when none.</param>
/// <param name="Algorithm">Digest's algorithm as named, null when none is (MD5).</param>
/// <param name="HasQop">Whether <c>auth</c> is offered; else the form of RFC 2069 is answered.</param>
internal sealed record AcsChallenge(bool IsDigest, string Realm = "", string Nonce = "", string? Opaque = null, string? Algorithm = null, bool HasQop = false)
{
    /// <summary>The strongest challenge that can be answered, null when none can.</summary>
    public static AcsChallenge? Choose(IEnumerable<AuthenticationHeaderValue> offered)
    {
        AcsChallenge? chosen = null;
        foreach (var challenge in offered)
        {
            if (Is(challenge.Scheme, "Digest") && Digest(challenge.Parameter ?? "") is { } digest && Rank(digest) > Rank(chosen))
            {
                chosen = digest;
            }
            else if (Is(challenge.Scheme, "Basic"))
            {
                chosen ??= new AcsChallenge(IsDigest: false);
            }
        }

        return chosen;
    }

    private static int Rank(AcsChallenge? challenge) => challenge switch
    {
        null => 0,
        { IsDigest: false } => 1,
        { Algorithm: "SHA-256" } => 3,
        _ => 2,
    };

    private static AcsChallenge? Digest(string parameters)
    {
        var values = Parameters(parameters);
        var algorithm = values.GetValueOrDefault("algorithm");
        var known = algorithm is null || Is(algorithm, "MD5") || Is(algorithm, "SHA-256");
        var qop = values.GetValueOrDefault("qop");
        var hasAuth = qop?.Split(',').Any(option => Is(option.Trim(), "auth")) ?? false;
        if (!known || (qop is not null && !hasAuth) || !values.TryGetValue("nonce", out var nonce) || !values.TryGetValue("realm", out var realm))
        {
            return null;
        }

        return new AcsChallenge(true, realm, nonce, values.GetValueOrDefault("opaque"), algorithm?.ToUpperInvariant(), hasAuth);
    }

    /// <summary>Reads <c>name=value</c> and <c>name="value"</c> pairs, separated by commas; the first of a name counts.</summary>
    private static Dictionary<string, string> Parameters(string text)
    {
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var rest = text.AsSpan().Trim();
        while (rest.IndexOf('=') is > 0 and var equals)
        {
            var name = rest[..equals].Trim().ToString();
            rest = rest[(equals + 1)..].TrimStart();
            var isQuoted = rest.StartsWith("\"", StringComparison.Ordinal);
            var end = isQuoted ? rest[1..].IndexOf('"') + 1 : rest.IndexOf(',');
            end = end <= 0 ? rest.Length : end;
            values.TryAdd(name, rest[(isQuoted ? 1 : 0)..end].Trim().ToString());
            var comma = rest[Math.Min(end, rest.Length)..].IndexOf(',');
            rest = comma < 0 ? [] : rest[(end + comma + 1)..];
        }

        return values;
    }

    private static bool Is(string value, string name) => string.Equals(value, name, StringComparison.OrdinalIgnoreCase);
}
