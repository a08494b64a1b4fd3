using System.Globalization;

namespace CwmpShield.Gateway.Mirror.Serving;

/// <summary>Which bytes of a file are asked for.</summary>
/// <param name="Kind">Whole, part, or none of it.</param>
/// <param name="Offset">The first byte.</param>
/// <param name="Length">How many.</param>
[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
internal readonly record struct ByteRange(RangeKind Kind, long Offset, long Length)
{
    private const string Unit = "bytes=";
    private const int MaxDigits = 18;

    /// <summary>
    /// Reads a Range header (RFC 9110 14.2). What is no single range of bytes is passed over, as the RFC allows: the answer is the
    /// whole file, once, and never a body of many parts.
    /// </summary>
    /// <param name="header">The header's value; empty when there is none.</param>
    /// <param name="size">Size of the file.</param>
    public static ByteRange Read(ReadOnlySpan<char> header, long size)
    {
        var whole = new ByteRange(RangeKind.Whole, 0, size);
        if (!header.StartsWith(Unit, StringComparison.OrdinalIgnoreCase))
        {
            return whole;
        }

        var spec = header[Unit.Length..].Trim();
        var dash = spec.IndexOf('-');
        if (dash < 0 || spec.Contains(',') || !TryNumber(spec[..dash].Trim(), out var first) || !TryNumber(spec[(dash + 1)..].Trim(), out var last))
        {
            return whole;
        }

        return (first, last) switch
        {
            (null, null) => whole,
            (null, { } suffix) => suffix == 0 ? default : Part(Math.Max(0, size - suffix), size - 1),
            ({ } from, { } to) when to < from => whole,
            ({ } from, _) => from >= size ? default : Part(from, Math.Min(last ?? size - 1, size - 1)),
        };
    }

    /// <summary>Content-Range of a part.</summary>
    public string ContentRange(long size) => string.Create(CultureInfo.InvariantCulture, $"bytes {Offset}-{Offset + Length - 1}/{size}");

    private static ByteRange Part(long first, long last) => new(RangeKind.Part, first, last - first + 1);

    /// <summary>A number of bytes; null where nothing is written. False for anything else.</summary>
    private static bool TryNumber(ReadOnlySpan<char> text, out long? number)
    {
        number = null;
        if (text.IsEmpty)
        {
            return true;
        }

        if (text.Length > MaxDigits || !long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var read))
        {
            return false;
        }

        number = read;
        return true;
    }
}

/// <summary>How much of a file is asked for.</summary>
internal enum RangeKind
{
    /// <summary>Bytes that it does not have: 416.</summary>
    Outside = 0,

    /// <summary>All of it: 200.</summary>
    Whole,

    /// <summary>A part of it: 206.</summary>
    Part,
}
