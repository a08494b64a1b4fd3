using System.Text;

namespace CwmpShield.Core.Wire;

/// <summary>Counts lines and columns up to a place; places are asked for in ascending order, so that a body is counted once.</summary>
internal ref struct XmlPlaces
{
    private readonly ReadOnlySpan<byte> bytes;
    private readonly bool isAscii;
    private int mark;
    private int nextBreak;

    /// <summary>Counts in <paramref name="bytes"/>, where one byte is one character if <paramref name="isAscii"/>.</summary>
    public XmlPlaces(ReadOnlySpan<byte> bytes, bool isAscii)
    {
        this.bytes = bytes;
        this.isAscii = isAscii;
        (Line, Column) = (1, 1);
        FindBreak();
    }

    /// <summary>1-based line.</summary>
    public int Line { get; private set; }

    /// <summary>1-based column, in UTF-16 characters.</summary>
    public int Column { get; private set; }

    /// <summary>Counts on to <paramref name="offset"/>, the number of bytes before the place.</summary>
    public void MoveTo(int offset)
    {
        while (nextBreak < offset)
        {
            mark = nextBreak + (bytes[nextBreak..] is [(byte)'\r', (byte)'\n', ..] ? 2 : 1);
            (Line, Column) = (Line + 1, 1);
            FindBreak();
        }

        if (offset > mark)
        {
            Column += isAscii ? offset - mark : Encoding.UTF8.GetCharCount(bytes[mark..offset]);
            mark = offset;
        }
    }

    private void FindBreak()
    {
        var next = bytes[mark..].IndexOfAny((byte)'\n', (byte)'\r');
        nextBreak = next < 0 ? int.MaxValue : mark + next;
    }
}
