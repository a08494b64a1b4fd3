namespace CwmpShield.Core.Wire;

/// <summary>An attribute as it stands in a start tag.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value.</param>
internal readonly record struct TagAttribute(XmlName Name, XmlText Value);

/// <summary>A well-formed start tag, before anything of it is understood.</summary>
/// <param name="Start">Bytes before its name.</param>
/// <param name="Length">Bytes of its name.</param>
/// <param name="Attributes">How many attributes it has; of these, the workspace holds no more than its reader allows.</param>
/// <param name="IsEmpty">Whether it is its own end.</param>
internal readonly record struct StartTag(int Start, int Length, int Attributes, bool IsEmpty)
{
    /// <summary>Its name.</summary>
    public ReadOnlySpan<byte> Name(ReadOnlySpan<byte> body) => body.Slice(Start, Length);

    /// <summary>Takes the tag at the cursor, and puts its attributes into the workspace; false when it is ill-formed.</summary>
    /// <param name="cursor">On the opening bracket.</param>
    /// <param name="workspace">Gets the attributes, as far as they are allowed.</param>
    /// <param name="maxAttributes">How many are kept; beyond it, nobody will ask for them.</param>
    /// <param name="isDoubtful">Whether the body holds a character that XML does not have.</param>
    /// <param name="tag">The tag.</param>
    public static bool TryTake(ref XmlCursor cursor, ReaderWorkspace workspace, int maxAttributes, bool isDoubtful, out StartTag tag)
    {
        tag = default;
        var start = ++cursor.At;
        var name = cursor.TakeName();
        if (name.IsEmpty)
        {
            return false;
        }

        workspace.NextTag();
        var count = 0;
        while (true)
        {
            var isSpaced = cursor.SkipWhiteSpace();
            if (cursor.TryTake((byte)'>'))
            {
                tag = new StartTag(start, name.Length, count, IsEmpty: false);
                return true;
            }

            if (cursor.Current == (byte)'/')
            {
                tag = new StartTag(start, name.Length, count, IsEmpty: true);
                return cursor.TryTake("/>"u8);
            }

            if (!isSpaced || !TryTakeAttribute(ref cursor, workspace, count++ < maxAttributes, isDoubtful))
            {
                return false;
            }
        }
    }

    private static bool TryTakeAttribute(ref XmlCursor cursor, ReaderWorkspace workspace, bool isKept, bool isDoubtful)
    {
        var name = cursor.TakeName();
        cursor.SkipWhiteSpace();
        if (name.IsEmpty || !cursor.TryTake((byte)'='))
        {
            return false;
        }

        cursor.SkipWhiteSpace();
        if (!XmlText.TryTakeValue(ref cursor, out var value) || (isDoubtful && XmlCharacters.HasNoncharacter(value.In(cursor.Bytes))))
        {
            return false;
        }

        return !isKept || workspace.TryAdd(new TagAttribute(workspace.Names.Of(name), value));
    }
}
