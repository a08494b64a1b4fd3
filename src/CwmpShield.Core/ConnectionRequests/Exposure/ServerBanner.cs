namespace CwmpShield.Core.ConnectionRequests.Exposure;

/// <summary>Text of devices that operators see: letters, digits and a few marks, nothing that a terminal, page or metric could take for more.</summary>
public static class ServerBanner
{
    /// <summary>Characters at most.</summary>
    public const int MaxLength = 64;

    /// <summary>What is shown of <paramref name="text"/>: other characters become <c>?</c>.</summary>
    public static string Clean(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        text = text[..Math.Min(text.Length, MaxLength)].TrimEnd();
        Span<char> clean = stackalloc char[text.Length];
        for (var i = 0; i < clean.Length; i++)
        {
            clean[i] = char.IsAsciiLetterOrDigit(text[i]) || text[i] is ' ' or '.' or '-' or '_' or '/' or '(' or ')' or ',' or '+' or ':' or ';' ? text[i] : '?';
        }

        return clean.ToString();
    }
}
