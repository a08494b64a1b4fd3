using System.Globalization;

namespace CwmpShield.Core.Rules;

/// <summary>How large a regular expression is once its counted repeats are written out: what its automaton can grow to.</summary>
internal static class RegexSize
{
    private const long Enough = 1_000_000;

    /// <summary>Atoms; repeats multiply what they stand behind. An estimate from above for every expression that can be read.</summary>
    public static long Of(string pattern)
    {
        var open = new Stack<long>();
        long sequence = 0;
        long last = 0;
        for (var i = 0; i < pattern.Length; i++)
        {
            switch (pattern[i])
            {
                case '(':
                    open.Push(sequence + last);
                    (sequence, last) = (0, 0);
                    break;
                case ')':
                    last = Math.Min(Enough, sequence + last + 1);
                    sequence = open.Count > 0 ? open.Pop() : 0;
                    break;
                case '{' when TryBound(pattern, i, out var times, out var end):
                    last = Math.Min(Enough, last * Math.Max(1, times));
                    i = end;
                    break;
                default:
                    i = AtomEnd(pattern, i);
                    sequence = Math.Min(Enough, sequence + last);
                    last = 1;
                    break;
            }
        }

        return Math.Min(Enough, sequence + last + open.Sum());
    }

    /// <summary>Index of the last character of an escape or a class.</summary>
    private static int AtomEnd(string pattern, int at)
    {
        if (pattern[at] == '\\')
        {
            return at + 1;
        }

        if (pattern[at] != '[')
        {
            return at;
        }

        for (var i = at + 1; i < pattern.Length; i++)
        {
            if (pattern[i] == '\\')
            {
                i++;
            }
            else if (pattern[i] == ']' && i > at + 1)
            {
                return i;
            }
        }

        return pattern.Length;
    }

    private static bool TryBound(string pattern, int at, out long times, out int end)
    {
        times = 0;
        end = pattern.IndexOf('}', at);
        if (end < 0)
        {
            return false;
        }

        var comma = pattern.IndexOf(',', at, end - at);
        var low = pattern.AsSpan(at + 1, (comma < 0 ? end : comma) - at - 1);
        var high = comma < 0 || comma + 1 == end ? low : pattern.AsSpan(comma + 1, end - comma - 1);
        return low.Length > 0 && low.IndexOfAnyExceptInRange('0', '9') < 0 && high.IndexOfAnyExceptInRange('0', '9') < 0
            && (long.TryParse(high, NumberStyles.None, CultureInfo.InvariantCulture, out times) || (times = Enough) > 0);
    }
}
