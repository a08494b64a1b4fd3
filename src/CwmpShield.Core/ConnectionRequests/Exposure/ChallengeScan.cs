namespace CwmpShield.Core.ConnectionRequests.Exposure;

/// <summary>What a WWW-Authenticate header offers. It is only counted, never answered: <c>DeviceChallenge</c> is for that.</summary>
internal static class ChallengeScan
{
    /// <summary>The schemes that <paramref name="header"/> offers, one or several.</summary>
    public static LoginSchemes Schemes(string header)
    {
        var schemes = LoginSchemes.None;
        var current = LoginSchemes.None;
        foreach (var part in Parts(header))
        {
            var word = part.AsSpan(0, WordLength(part));
            if (part.Length > word.Length && part[word.Length] == '=')
            {
                current = Parameter(current, word, part[(word.Length + 1)..]);
                continue;
            }

            schemes |= current;
            current = Scheme(word);
            var rest = part[word.Length..].TrimStart();
            var name = rest.AsSpan(0, WordLength(rest));
            current = rest.Length > name.Length ? Parameter(current, name, rest[(name.Length + 1)..]) : current;
        }

        return schemes | current;
    }

    /// <summary>The first realm; null without.</summary>
    public static string? Realm(string header)
    {
        const string Start = "realm=";
        var at = header.IndexOf(Start, StringComparison.OrdinalIgnoreCase);
        if (at < 0)
        {
            return null;
        }

        var value = header[(at + Start.Length)..].TrimStart();
        if (!value.StartsWith('"'))
        {
            return value.Split(',')[0].Trim();
        }

        var end = value.IndexOf('"', 1);
        return end < 0 ? value[1..] : value[1..end];
    }

    private static LoginSchemes Scheme(ReadOnlySpan<char> word) =>
        word.Equals("Basic", StringComparison.OrdinalIgnoreCase) ? LoginSchemes.Basic
        : word.Equals("Digest", StringComparison.OrdinalIgnoreCase) ? LoginSchemes.DigestMd5
        : word.IsEmpty || !char.IsAsciiLetter(word[0]) ? LoginSchemes.None
        : LoginSchemes.Other;

    /// <summary>Digest without an algorithm is MD5 (RFC 7616 3.3).</summary>
    private static LoginSchemes Parameter(LoginSchemes current, ReadOnlySpan<char> name, string value)
    {
        if (current != LoginSchemes.DigestMd5 || !name.Equals("algorithm", StringComparison.OrdinalIgnoreCase))
        {
            return current;
        }

        var algorithm = value.Trim(' ', '"');
        return algorithm.StartsWith("MD5", StringComparison.OrdinalIgnoreCase) ? LoginSchemes.DigestMd5
            : algorithm.StartsWith("SHA-256", StringComparison.OrdinalIgnoreCase) ? LoginSchemes.DigestSha256
            : LoginSchemes.Other;
    }

    private static int WordLength(string part)
    {
        var end = part.AsSpan().IndexOfAny(' ', '=');
        return end < 0 ? part.Length : end;
    }

    /// <summary>The parts between commas that are not inside quotes.</summary>
    private static IEnumerable<string> Parts(string header)
    {
        var start = 0;
        var quoted = false;
        for (var i = 0; i <= header.Length; i++)
        {
            if (i == header.Length || (header[i] == ',' && !quoted))
            {
                yield return header[start..i].Trim();
                start = i + 1;
            }
            else if (header[i] == '"')
            {
                quoted = !quoted;
            }
        }
    }
}
