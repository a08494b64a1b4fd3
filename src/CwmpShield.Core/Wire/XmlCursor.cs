namespace CwmpShield.Core.Wire;

/// <summary>A place in a body that is valid UTF-8 without NUL; beyond its end it reads NUL.</summary>
/// <param name="bytes">The whole body.</param>
internal ref struct XmlCursor(ReadOnlySpan<byte> bytes)
{
    /// <summary>The whole body.</summary>
    public readonly ReadOnlySpan<byte> Bytes { get; } = bytes;

    /// <summary>Bytes before the cursor.</summary>
    public int At { get; set; }

    public readonly bool IsAtEnd => At >= Bytes.Length;

    /// <summary>Everything from the cursor on.</summary>
    public readonly ReadOnlySpan<byte> Rest => Bytes[At..];

    /// <summary>The byte under the cursor.</summary>
    public readonly byte Current => At < Bytes.Length ? Bytes[At] : (byte)0;

    /// <summary>The byte behind the cursor.</summary>
    public readonly byte Next => At + 1 < Bytes.Length ? Bytes[At + 1] : (byte)0;

    /// <summary>Takes <paramref name="expected"/> when it stands here.</summary>
    public bool TryTake(byte expected)
    {
        if (Current != expected)
        {
            return false;
        }

        At++;
        return true;
    }

    /// <summary>Takes <paramref name="expected"/> when it stands here.</summary>
    public bool TryTake(ReadOnlySpan<byte> expected)
    {
        if (!Rest.StartsWith(expected))
        {
            return false;
        }

        At += expected.Length;
        return true;
    }

    /// <summary>Takes white space; false when there is none.</summary>
    public bool SkipWhiteSpace()
    {
        var from = At;
        while (XmlCharacters.IsWhiteSpace(Current))
        {
            At++;
        }

        return At > from;
    }

    /// <summary>Takes a name, colons included; empty when there is none.</summary>
    public ReadOnlySpan<byte> TakeName()
    {
        var name = Rest[..XmlCharacters.NameLength(Rest)];
        At += name.Length;
        return name;
    }

    /// <summary>Takes everything before <paramref name="end"/>, and the end; false when it never comes.</summary>
    public bool TryTakeUntil(ReadOnlySpan<byte> end, out ReadOnlySpan<byte> content)
    {
        var length = Rest.IndexOf(end);
        content = length < 0 ? default : Rest[..length];
        At = length < 0 ? Bytes.Length : At + length + end.Length;
        return length >= 0;
    }
}
