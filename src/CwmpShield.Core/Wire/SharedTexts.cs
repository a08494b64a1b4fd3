using System.Text;

namespace CwmpShield.Core.Wire;

/// <summary>
/// Short texts that all devices send again and again, names of parameters above all, each kept once for the process. Values are
/// never kept here: a secret must not outlive its message.
/// </summary>
internal static class SharedTexts
{
    /// <summary>Bytes of a text that is kept at most.</summary>
    public const int MaxLength = 160;

    private const int Slots = 8192;

    private static readonly string?[] Kept = new string?[Slots];

    /// <summary>The text of <paramref name="ascii"/>, which must be ASCII. Threads may overwrite one another's entries, which costs a string.</summary>
    public static string Of(ReadOnlySpan<byte> ascii)
    {
        if (ascii.IsEmpty)
        {
            return "";
        }

        if (ascii.Length > MaxLength)
        {
            return Encoding.Latin1.GetString(ascii);
        }

        ref var slot = ref Kept[ByteHash.Of(ascii) % Slots];
        var kept = Volatile.Read(ref slot);
        if (kept is null || !Ascii.Equals(ascii, kept))
        {
            kept = Encoding.Latin1.GetString(ascii);
            Volatile.Write(ref slot, kept);
        }

        return kept;
    }
}
