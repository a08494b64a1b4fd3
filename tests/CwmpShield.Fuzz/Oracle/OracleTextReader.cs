using System.Text.Unicode;
using CwmpShield.Core.Wire;

namespace CwmpShield.Fuzz.Oracle;

/// <summary>Hands out the characters of valid UTF-8 piece by piece, so that a body is never held a second time as text.</summary>
internal sealed class OracleTextReader(ReadOnlyMemory<byte> utf8) : TextReader
{
    private int position;
    private char lowSurrogate;

    public override int Peek() => throw new NotSupportedException("Only whole blocks are read.");

    public override int Read() => throw new NotSupportedException("Only whole blocks are read.");

    public override int Read(char[] buffer, int index, int count) => Read(buffer.AsSpan(index, count));

    public override int Read(Span<char> buffer)
    {
        if (buffer.IsEmpty)
        {
            return 0;
        }

        if (lowSurrogate != '\0')
        {
            buffer[0] = lowSurrogate;
            lowSurrogate = '\0';
            return 1;
        }

        Utf8.ToUtf16(utf8.Span[position..], buffer, out var read, out var written, replaceInvalidSequences: false);
        position += read;
        return written == 0 && position < utf8.Length ? ReadHalfPair(buffer) : written;
    }

    // Room for one character only, and the next one is a pair.
    private int ReadHalfPair(Span<char> buffer)
    {
        Span<char> pair = stackalloc char[2];
        Utf8.ToUtf16(utf8.Span[position..], pair, out var read, out var written, replaceInvalidSequences: false);
        position += read;
        buffer[0] = pair[0];
        lowSurrogate = written == 2 ? pair[1] : '\0';
        return 1;
    }
}
