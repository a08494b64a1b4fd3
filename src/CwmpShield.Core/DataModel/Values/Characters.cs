using System.Buffers;
using System.Globalization;

namespace CwmpShield.Core.DataModel.Values;

/// <summary>Characters that are dangerous somewhere behind a value: in a device's shell, on an ACS's page, in a query or a log.</summary>
public static class Characters
{
    private static readonly SearchValues<char> Shell = SearchValues.Create("`$;&|<>(){}\\'\"*?!#~\r\n\0");
    private static readonly SearchValues<char> ShellInUrl = SearchValues.Create("`|<>{}\\\"\r\n\0 \t");
    private static readonly SearchValues<char> Replaced = SearchValues.Create("<>\"'`&{}$\\");
    private static readonly SearchValues<char> AlwaysMarkup = SearchValues.Create("<>\"`{}\\");

    /// <summary>Whether a shell would do more with it than take it as a word. In a URL <c>&amp;</c>, <c>;</c> and the like are ordinary.</summary>
    public static bool HasShellMetacharacter(string text, bool inUrl) =>
        inUrl
            ? text.AsSpan().ContainsAny(ShellInUrl) || text.Contains("$(", StringComparison.Ordinal) || BreaksUrlAuthority(text)
            : text.AsSpan().ContainsAny(Shell);

    /// <summary>Whether it has control characters other than tab and line ends, or characters that reverse the writing direction.</summary>
    public static bool HasControl(string text)
    {
        if (!text.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            return false;
        }

        foreach (var c in text)
        {
            if (IsControl(c))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Whether it carries markup, script or query syntax: angle brackets, double quotes, back-ticks, braces, backslashes, control
    /// characters; an entity; a dollar before a name; an apostrophe that does not stand between two letters.
    /// </summary>
    public static bool HasMarkup(string text)
    {
        if (text.AsSpan().ContainsAny(AlwaysMarkup) || HasControl(text))
        {
            return true;
        }

        for (var i = text.AsSpan().IndexOfAny(Replaced); i >= 0 && i < text.Length; i++)
        {
            var next = i + 1 < text.Length ? text[i + 1] : ' ';
            var held = text[i] switch
            {
                '\'' => i == 0 || !char.IsLetter(text[i - 1]) || !char.IsLetter(next),
                '&' => next == '#' || IsEntity(text.AsSpan(i + 1)),
                '$' => char.IsLetter(next) || next == '(',
                _ => false,
            };
            if (held)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// The text with every character that can carry markup, script or query syntax, begin another line, or make a URL of script
    /// replaced by <c>_</c>.
    /// </summary>
    public static string Neutralise(string text) =>
        string.Create(text.Length, text, static (span, source) =>
        {
            for (var i = 0; i < source.Length; i++)
            {
                span[i] = Replaced.Contains(source[i]) || source[i] is '\r' or '\n' || IsControl(source[i]) || EndsScriptScheme(source, i) ? '_' : source[i];
            }
        });

    private static bool EndsScriptScheme(string text, int at) =>
        text[at] == ':' && text.AsSpan(0, at).TrimEnd().EndsWith("script", StringComparison.OrdinalIgnoreCase);

    private static bool IsControl(char c) =>
        (char.IsControl(c) && c is not ('\t' or '\r' or '\n'))
        || c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069')
        || char.GetUnicodeCategory(c) is UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    private static bool IsEntity(ReadOnlySpan<char> afterAmpersand)
    {
        var semicolon = afterAmpersand.IndexOf(';');
        return semicolon > 0 && !afterAmpersand[..semicolon].ContainsAnyExcept(CharacterSets.Alphanumeric);
    }

    /// <summary>Before the query <c>&amp;</c> and <c>;</c> have no use in a URL that a device fetches.</summary>
    private static bool BreaksUrlAuthority(string text)
    {
        var query = text.IndexOf('?', StringComparison.Ordinal);
        var head = query < 0 ? text.AsSpan() : text.AsSpan(0, query);
        return head.ContainsAny("&;'$");
    }
}
