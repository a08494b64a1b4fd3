using System.Globalization;
using System.Text;

namespace CwmpShield.Core.Audit.Export;

/// <summary>
/// Text of strangers for formats without an escape of their own: what is not seen, or turns the direction of what is, stands as
/// <c>\u001b</c> does, and no half of a pair goes out.
/// </summary>
public static class VisibleText
{
    /// <summary>The text with everything invisible spelt out, but what <paramref name="kept"/> names.</summary>
    public static string Of(string text, string kept = "")
    {
        ArgumentNullException.ThrowIfNull(text);
        var first = 0;
        while (first < text.Length && text[first] is >= ' ' and <= '~')
        {
            first++;
        }

        if (first == text.Length)
        {
            return text;
        }

        var clean = new StringBuilder(text.Length + 16).Append(text, 0, first);
        for (var i = first; i < text.Length; i++)
        {
            Add(clean, text, ref i, kept);
        }

        return clean.ToString();
    }

    private static void Add(StringBuilder clean, string text, ref int at, string kept)
    {
        var one = text[at];
        if (char.IsHighSurrogate(one) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]) && IsSeen(CharUnicodeInfo.GetUnicodeCategory(text, at)))
        {
            clean.Append(one).Append(text[++at]);
        }
        else if (kept.Contains(one, StringComparison.Ordinal) || IsSeen(CharUnicodeInfo.GetUnicodeCategory(one)))
        {
            clean.Append(one);
        }
        else
        {
            clean.Append(CultureInfo.InvariantCulture, $"\\u{(int)one:x4}");
        }
    }

    private static bool IsSeen(UnicodeCategory category) => category
        is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
}
