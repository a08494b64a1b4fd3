using System.Buffers;
using System.Text;

namespace CwmpShield.Core.Identity;

/// <summary>The <c>name=value</c> list of an Authorization header (RFC 9110 11.2): bounded, and a name given twice is refused.</summary>
internal sealed class AuthParameters
{
    private const int MaxParameters = 24;
    private const int MaxValueLength = 2048;

    private static readonly SearchValues<char> TokenCharacters = SearchValues.Create(
        "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    private readonly Dictionary<string, string> values = new(StringComparer.OrdinalIgnoreCase);

    private AuthParameters()
    {
    }

    /// <summary>The value of <paramref name="name"/>, unquoted; null when absent.</summary>
    public string? this[string name] => values.GetValueOrDefault(name);

    /// <summary>Reads a list; false when it is ill-formed, has a name twice, or is beyond bounds.</summary>
    public static bool TryRead(ReadOnlySpan<char> text, out AuthParameters parameters)
    {
        parameters = new AuthParameters();
        text = SkipBlank(text);
        while (!text.IsEmpty)
        {
            // RFC 9110 5.6.1.2: a recipient ignores empty list elements.
            if (text[0] == ',')
            {
                text = SkipBlank(text[1..]);
                continue;
            }

            if (!parameters.TryReadOne(ref text) || (!text.IsEmpty && text[0] != ','))
            {
                return false;
            }
        }

        return true;
    }

    private bool TryReadOne(ref ReadOnlySpan<char> text)
    {
        var name = TakeToken(ref text);
        text = SkipBlank(text);
        if (name.Length == 0 || text.IsEmpty || text[0] != '=')
        {
            return false;
        }

        text = SkipBlank(text[1..]);
        if (!TryTakeValue(ref text, out var value))
        {
            return false;
        }

        text = SkipBlank(text);
        return values.Count < MaxParameters && value.Length <= MaxValueLength && values.TryAdd(name, value);
    }

    private static bool TryTakeValue(ref ReadOnlySpan<char> text, out string value)
    {
        if (text.IsEmpty || text[0] != '"')
        {
            value = TakeToken(ref text);
            return value.Length > 0;
        }

        var unquoted = new StringBuilder();
        value = "";
        for (var i = 1; i < text.Length; i++)
        {
            if (text[i] == '"')
            {
                value = unquoted.ToString();
                text = text[(i + 1)..];
                return true;
            }

            if (text[i] == '\\' && ++i == text.Length)
            {
                return false;
            }

            if (char.IsControl(text[i]) || text[i] == '\uFFFD')
            {
                return false;
            }

            unquoted.Append(text[i]);
        }

        return false;
    }

    private static string TakeToken(ref ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAnyExcept(TokenCharacters);
        var token = end < 0 ? text : text[..end];
        text = text[token.Length..];
        return token.ToString();
    }

    private static ReadOnlySpan<char> SkipBlank(ReadOnlySpan<char> text) => text.TrimStart(" \t");
}
