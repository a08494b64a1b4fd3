using System.Text;

namespace CwmpShield.Core.Wire;

/// <summary>References to characters: by number, and the five names that XML 1.0 has without a document type.</summary>
internal static class XmlReference
{
    private const uint Last = 0x10FFFF;

    /// <summary>Reads the reference at the cursor, which stands on its ampersand; false for anything else than a character of XML.</summary>
    /// <param name="cursor">Behind the reference when true is returned.</param>
    /// <param name="character">What it refers to.</param>
    /// <param name="isDecimal">Whether it is a decimal number.</param>
    public static bool TryRead(ref XmlCursor cursor, out Rune character, out bool isDecimal)
    {
        character = default;
        if (cursor.Next != (byte)'#')
        {
            isDecimal = false;
            return TryNamed(ref cursor, out character);
        }

        if (!TryReadNumber(ref cursor, out var code, out isDecimal) || !XmlCharacters.IsCharacter(code))
        {
            return false;
        }

        character = new Rune(code);
        return true;
    }

    /// <summary>Reads the reference by number at the cursor, be it to a character of XML or not; false for anything else.</summary>
    /// <param name="cursor">Behind the reference when true is returned.</param>
    /// <param name="code">The number, or one beyond Unicode's last.</param>
    /// <param name="isDecimal">Whether it is written as a decimal.</param>
    public static bool TryReadNumber(ref XmlCursor cursor, out uint code, out bool isDecimal)
    {
        code = 0;
        isDecimal = false;
        if (cursor.Next != (byte)'#')
        {
            return false;
        }

        cursor.At += 2;
        isDecimal = !cursor.TryTake((byte)'x');
        var from = cursor.At;
        while (Digit(cursor.Current, isDecimal) is var digit and >= 0)
        {
            code = Math.Min((code * (isDecimal ? 10u : 16u)) + (uint)digit, Last + 1);
            cursor.At++;
        }

        return cursor.At > from && cursor.TryTake((byte)';');
    }

    private static bool TryNamed(ref XmlCursor cursor, out Rune character)
    {
        character = new Rune(cursor.Rest switch
        {
            [_, (byte)'l', (byte)'t', (byte)';', ..] => '<',
            [_, (byte)'g', (byte)'t', (byte)';', ..] => '>',
            [_, (byte)'a', (byte)'m', (byte)'p', (byte)';', ..] => '&',
            [_, (byte)'q', (byte)'u', (byte)'o', (byte)'t', (byte)';', ..] => '"',
            [_, (byte)'a', (byte)'p', (byte)'o', (byte)'s', (byte)';', ..] => '\'',
            _ => '\0',
        });
        cursor.At += character.Value switch { '<' or '>' => 4, '&' => 5, '"' or '\'' => 6, _ => 0 };
        return character.Value != 0;
    }

    private static int Digit(byte value, bool isDecimal) => value switch
    {
        >= (byte)'0' and <= (byte)'9' => value - '0',
        >= (byte)'a' and <= (byte)'f' when !isDecimal => value - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' when !isDecimal => value - 'A' + 10,
        _ => -1,
    };
}
