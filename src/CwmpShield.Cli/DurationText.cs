using System.Globalization;

namespace CwmpShield.Cli;

/// <summary>Spans of time as they are typed: a whole number and <c>m</c>, <c>h</c> or <c>d</c>.</summary>
internal static class DurationText
{
    /// <summary>The span; null where the text is none, is nothing, or is longer than allowed.</summary>
    /// <param name="text">What was typed.</param>
    /// <param name="digits">Digits of the number at most.</param>
    /// <param name="longest">Longest span.</param>
    public static TimeSpan? Read(string? text, int digits, TimeSpan longest)
    {
        if (text is not { Length: > 1 } || text.Length > digits + 1
            || !int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return null;
        }

        TimeSpan? span = text[^1] switch
        {
            'm' => TimeSpan.FromMinutes(number),
            'h' => TimeSpan.FromHours(number),
            'd' => TimeSpan.FromDays(number),
            _ => null,
        };
        return span > TimeSpan.Zero && span <= longest ? span : null;
    }
}
