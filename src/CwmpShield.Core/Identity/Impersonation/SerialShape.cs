using System.Globalization;
using System.Runtime.InteropServices;

namespace CwmpShield.Core.Identity.Impersonation;

/// <summary>A serial number as one of a series: what comes before its number, and the number.</summary>
/// <param name="HeadLength">Characters before the number.</param>
/// <param name="Number">The number; 0 when there is none.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SerialShape(int HeadLength, ulong Number)
{
    // What fits 60 bits in either base; a longer number keeps its end.
    private const int MaxDigits = 15;

    /// <summary>Reads a serial: all of it as a hexadecimal number where it can be one (a MAC address), else its decimal digits at the end.</summary>
    public static SerialShape Of(ReadOnlySpan<char> serial)
    {
        const int shortestHexadecimal = 8;
        var isHexadecimal = serial.Length is >= shortestHexadecimal and <= MaxDigits && serial.ContainsAnyInRange('A', 'F');
        foreach (var c in serial)
        {
            isHexadecimal &= char.IsAsciiHexDigit(c);
        }

        var head = isHexadecimal ? 0 : serial.Length;
        while (!isHexadecimal && head > 0 && char.IsAsciiDigit(serial[head - 1]) && serial.Length - head < MaxDigits)
        {
            head--;
        }

        var style = isHexadecimal ? NumberStyles.AllowHexSpecifier : NumberStyles.None;
        return new(head, ulong.TryParse(serial[head..], style, CultureInfo.InvariantCulture, out var number) ? number : 0);
    }
}
