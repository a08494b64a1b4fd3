using System.Text;

namespace CwmpShield.Core.Wire;

/// <summary>Characters that are put together out of pieces.</summary>
internal sealed class CharBuffer
{
    private const int MaxKept = 4096;

    private char[] characters = [];

    /// <summary>Characters so far.</summary>
    public int Length { get; private set; }

    /// <summary>Everything so far.</summary>
    public ReadOnlySpan<char> Written => characters.AsSpan(0, Length);

    /// <summary>Adds valid UTF-8 as it stands.</summary>
    public void Append(ReadOnlySpan<byte> utf8)
    {
        Reserve(utf8.Length);
        Length += Encoding.UTF8.GetChars(utf8, characters.AsSpan(Length));
    }

    /// <summary>Adds one character.</summary>
    public void Append(Rune character)
    {
        Reserve(2);
        Length += character.EncodeToUtf16(characters.AsSpan(Length));
    }

    /// <summary>Takes back everything behind the first <paramref name="length"/> characters.</summary>
    public void Cut(int length) => Length = Math.Min(Length, length);

    /// <summary>Begins anew. What it held is overwritten, and a buffer that has become large is let go.</summary>
    public void Clear()
    {
        if (characters.Length > MaxKept)
        {
            characters = [];
        }
        else
        {
            characters.AsSpan(0, Length).Clear();
        }

        Length = 0;
    }

    public override string ToString() => new(Written);

    private void Reserve(int count)
    {
        if (characters.Length - Length < count)
        {
            Array.Resize(ref characters, Math.Max(Length + count, characters.Length * 2));
        }
    }
}
