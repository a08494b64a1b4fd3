using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace CwmpShield.Core.Wire;

/// <summary>Writes escaped text as UTF-8. Whatever it is given, what it writes is well-formed and reads back as the same characters.</summary>
internal ref struct Utf8XmlWriter(IBufferWriter<byte> output)
{
    private const string Forbidden = "\0\u0001\u0002\u0003\u0004\u0005\u0006\a\b\v\f\u000E\u000F\u0010\u0011\u0012\u0013\u0014\u0015"
        + "\u0016\u0017\u0018\u0019\u001A\u001B\u001C\u001D\u001E\u001F\uFFFE\uFFFF";

    private static readonly SearchValues<char> SpecialInText = SearchValues.Create("&<>\r" + Forbidden);
    private static readonly SearchValues<char> SpecialInAttribute = SearchValues.Create("&<>\"\t\n\r" + Forbidden);

    private const int MaxBytesOfCharacter = 4;

    private Span<byte> free;
    private int used;

    /// <summary>Writes bytes that need no escape.</summary>
    public void Raw(scoped ReadOnlySpan<byte> utf8)
    {
        if (free.Length - used < utf8.Length)
        {
            Grow(utf8.Length);
        }

        utf8.CopyTo(free[used..]);
        used += utf8.Length;
    }

    /// <summary>Writes a name, or a part of one.</summary>
    public void Name(string name) => Encode(name);

    /// <summary>Writes character content.</summary>
    public void Text(string text) => Escape(text, SpecialInText);

    /// <summary>Writes an attribute's value; tabs and line ends are escaped, so that they survive normalisation.</summary>
    public void AttributeValue(scoped ReadOnlySpan<char> value) => Escape(value, SpecialInAttribute);

    /// <summary>Hands everything written to the output.</summary>
    public void Flush()
    {
        if (used > 0)
        {
            output.Advance(used);
            used = 0;
        }

        free = default;
    }

    private void Escape(scoped ReadOnlySpan<char> text, SearchValues<char> special)
    {
        while (true)
        {
            var next = text.IndexOfAny(special);
            if (next < 0)
            {
                Encode(text);
                return;
            }

            Encode(text[..next]);
            Raw(text[next] switch
            {
                '&' => "&amp;"u8,
                '<' => "&lt;"u8,
                '>' => "&gt;"u8,
                '"' => "&quot;"u8,
                '\t' => "&#9;"u8,
                '\n' => "&#10;"u8,
                '\r' => "&#13;"u8,
                _ => "\uFFFD"u8,
            });
            text = text[(next + 1)..];
        }
    }

    private void Encode(scoped ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            var status = Utf8.FromUtf16(text, free[used..], out var read, out var written);
            used += written;
            text = text[read..];
            if (status == OperationStatus.DestinationTooSmall)
            {
                Grow(MaxBytesOfCharacter);
            }
        }
    }

    private void Grow(int size)
    {
        Flush();
        free = output.GetSpan(size);
    }
}
