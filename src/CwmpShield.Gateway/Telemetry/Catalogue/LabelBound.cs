namespace CwmpShield.Gateway.Telemetry.Catalogue;

/// <summary>What a label may say. What it may not is counted as <c>other</c>, so that no stranger's text ever becomes a label.</summary>
internal sealed class LabelBound
{
    /// <summary>Characters of a word.</summary>
    private const int MaxWord = 64;

    private readonly HashSet<string>? closed;

    private LabelBound(string name, string bound, IReadOnlyList<string> words, bool isClosed, bool isWord)
    {
        (Name, Bound, Words, IsWord) = (name, bound, words, isWord);
        closed = isClosed ? words.ToHashSet(StringComparer.Ordinal) : null;
    }

    /// <summary>Name as Prometheus has it.</summary>
    public string Name { get; }

    /// <summary>What bounds the number of its values, for people; empty for a closed list.</summary>
    public string Bound { get; }

    /// <summary>The values that are known: all of them for a closed list.</summary>
    public IReadOnlyList<string> Words { get; }

    /// <summary>Whether no other value than <see cref="Words"/> is let pass.</summary>
    public bool IsClosed => closed is not null;

    /// <summary>Whether every value is a word of the code's own: lower-case letters, digits and hyphens.</summary>
    public bool IsWord { get; }

    /// <summary>One of these values and no other.</summary>
    public static LabelBound Closed(string name, params IReadOnlyList<string> values) => new(name, "", values, isClosed: true, isWord: false);

    /// <summary>A word of the code's own; <paramref name="known"/> are those that are declared.</summary>
    public static LabelBound Word(string name, params IReadOnlyList<string> known) => new(name, "", known, isClosed: false, isWord: true);

    /// <summary>Text of the operator's or of the platform's; <paramref name="bound"/> says how many there can be.</summary>
    public static LabelBound Text(string name, string bound) => new(name, bound, [], isClosed: false, isWord: false);

    /// <summary>Whether the label may say <paramref name="value"/>. An empty value is the same as no label.</summary>
    public bool Allows(string value) =>
        value.Length == 0 || (closed is not null ? closed.Contains(value) : !IsWord || IsKebab(value));

    private static bool IsKebab(string value)
    {
        if (value.Length > MaxWord || !char.IsAsciiLetterLower(value[0]))
        {
            return false;
        }

        foreach (var character in value)
        {
            if (!char.IsAsciiLetterLower(character) && !char.IsAsciiDigit(character) && character != '-')
            {
                return false;
            }
        }

        return true;
    }
}
