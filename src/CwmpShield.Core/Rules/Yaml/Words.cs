using CwmpShield.Core.DataModel.Values;

namespace CwmpShield.Core.Rules.Yaml;

/// <summary>Names and near misses.</summary>
internal static class Words
{
    /// <summary>Whether <paramref name="text"/> is kebab-case: letters and digits in lower case, single hyphens between, at most 64.</summary>
    public static bool IsKebab(string text)
    {
        if (text.Length is 0 or > 64 || text[0] == '-' || text[^1] == '-' || text.Contains("--", StringComparison.Ordinal))
        {
            return false;
        }

        return !text.AsSpan().ContainsAnyExcept(CharacterSets.Kebab);
    }

    /// <summary>A hint that names the nearest of <paramref name="candidates"/>; empty when none is near.</summary>
    public static string DidYouMean(string word, IEnumerable<string> candidates)
    {
        var best = "";
        var bestDistance = Math.Max(1, word.Length / 3) + 1;
        foreach (var candidate in candidates)
        {
            var distance = word.Length > 64 ? int.MaxValue : Distance(word, candidate);
            if (distance < bestDistance)
            {
                bestDistance = distance;
                best = candidate;
            }
        }

        return best.Length > 0 ? $"did you mean \"{best}\"?" : "";
    }

    private static int Distance(string a, string b)
    {
        var row = new int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++)
        {
            row[j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var same = char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1;
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + same));
            }
        }

        return row[b.Length];
    }
}
