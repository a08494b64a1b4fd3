using CwmpShield.Core.Identity;

namespace CwmpShield.Core.ConnectionRequests;

/// <summary>Chooses among the challenges of a device: the strongest Digest, else Basic where that is allowed.</summary>
public static class DeviceChallengeReader
{
    private const int MaxChallenges = 8;

    /// <summary>The challenge to answer; null where none is known or allowed.</summary>
    /// <param name="headers">Values of WWW-Authenticate, each with one challenge or several.</param>
    /// <param name="allowBasic">Whether Basic may be answered.</param>
    public static DeviceChallenge? Choose(IReadOnlyList<string> headers, bool allowBasic)
    {
        DeviceChallenge? chosen = null;
        foreach (var (scheme, parameters) in headers.SelectMany(Split).Take(MaxChallenges))
        {
            DeviceChallenge? read = scheme.Equals("Digest", StringComparison.OrdinalIgnoreCase) ? ReadDigest(parameters)
                : allowBasic && scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase) ? new DeviceChallenge.Basic()
                : null;
            chosen = Rank(read) > Rank(chosen) ? read : chosen;
        }

        return chosen;
    }

    private static int Rank(DeviceChallenge? challenge) => challenge switch
    {
        DeviceChallenge.Digest { Hash: DigestHash.Sha256 } => 4,
        DeviceChallenge.Digest { HasQop: true } => 3,
        DeviceChallenge.Digest => 2,
        DeviceChallenge.Basic => 1,
        _ => 0,
    };

    private static DeviceChallenge.Digest? ReadDigest(string text)
    {
        if (!AuthParameters.TryRead(text, out var given) || given["realm"] is not { } realm || given["nonce"] is not { Length: > 0 } nonce)
        {
            return null;
        }

        var algorithm = given["algorithm"];
        DigestHash? hash = algorithm?.ToUpperInvariant() switch
        {
            null or "MD5" or "MD5-SESS" => DigestHash.Md5,
            "SHA-256" or "SHA-256-SESS" => DigestHash.Sha256,
            _ => null,
        };
        var qop = given["qop"];
        var hasAuth = qop is not null && qop.Split(',').Any(one => one.Trim().Equals("auth", StringComparison.OrdinalIgnoreCase));
        return hash is { } known && (hasAuth || string.IsNullOrWhiteSpace(qop))
            ? new DeviceChallenge.Digest(realm, nonce, given["opaque"], known, algorithm, hasAuth, string.Equals(given["stale"], "true", StringComparison.OrdinalIgnoreCase))
            : null;
    }

    /// <summary>Splits <c>Digest a=b, c=d, Basic e=f</c> into its challenges: a part between commas that begins with two words begins one.</summary>
    private static IEnumerable<(string Scheme, string Parameters)> Split(string header)
    {
        var scheme = "";
        var begin = 0;
        foreach (var (start, end) in Parts(header))
        {
            var part = header[start..end].TrimStart(' ', '\t');
            var word = part.IndexOfAny([' ', '\t', '=', '"']);
            var isScheme = word < 0 ? part.Length > 0 : part[word] is ' ' or '\t' && !part[word..].TrimStart(' ', '\t').StartsWith('=');
            if (!isScheme)
            {
                continue;
            }

            if (scheme.Length > 0)
            {
                yield return (scheme, header[begin..start].TrimEnd(',', ' ', '\t'));
            }

            scheme = word < 0 ? part : part[..word];
            begin = end - part.Length + scheme.Length;
        }

        if (scheme.Length > 0)
        {
            yield return (scheme, header[begin..]);
        }
    }

    /// <summary>The parts between commas that stand outside quotes.</summary>
    private static IEnumerable<(int Start, int End)> Parts(string header)
    {
        var start = 0;
        var isQuoted = false;
        for (var i = 0; i < header.Length; i++)
        {
            if (isQuoted && header[i] == '\\')
            {
                i++;
            }
            else if (header[i] == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (header[i] == ',' && !isQuoted)
            {
                yield return (start, i);
                start = i + 1;
            }
        }

        yield return (start, header.Length);
    }
}
