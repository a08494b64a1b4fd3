using System.Text;

namespace CwmpShield.Core.Wire;

/// <summary>An element whose end tag has not been seen. There is one for each level of depth, used again and again.</summary>
internal sealed class OpenElement
{
    private readonly CharBuffer pieces = new();
    private XmlName? name;
    private SoapAttribute[] attributes = [];
    private string uri = "";
    private int line;
    private int column;
    private int nameStart;
    private int nameLength;
    private XmlText only;
    private bool hasOnly;

    /// <summary>Declarations in force outside it.</summary>
    public int ScopeMark { get; private set; }

    /// <summary>Where its children begin among the finished elements.</summary>
    public int FirstChild { get; private set; }

    public bool HasChildren { get; set; }

    /// <summary>Whether its text is more than white space.</summary>
    public bool HasVisibleText { get; private set; }

    /// <summary>Characters of its text so far.</summary>
    public int TextLength { get; private set; }

    /// <summary>Begins another element.</summary>
    public void Start(StartTag tag, XmlName name, in XmlPlaces place, int scopeMark, int firstChild)
    {
        (nameStart, nameLength, this.name) = (tag.Start, tag.Length, name);
        (line, column) = (place.Line, place.Column);
        (ScopeMark, FirstChild) = (scopeMark, firstChild);
        (HasChildren, HasVisibleText, TextLength, hasOnly) = (false, false, 0, false);
        if (pieces.Length > 0)
        {
            pieces.Clear();
        }
    }

    /// <summary>What its name and its attributes mean.</summary>
    public void Resolve(string uri, SoapAttribute[] attributes) => (this.uri, this.attributes) = (uri, attributes);

    /// <summary>Lets go of what belongs to a message.</summary>
    public void Forget()
    {
        (name, attributes, uri) = (null, [], "");
        pieces.Clear();
    }

    /// <summary>The bytes of its name, which its end tag must repeat.</summary>
    public ReadOnlySpan<byte> Name(ReadOnlySpan<byte> body) => body.Slice(nameStart, nameLength);

    /// <summary>Adds text; white space between children adds nothing.</summary>
    public void AddContent(XmlText text, ReadOnlySpan<byte> body, bool isAscii)
    {
        if (!text.IsPlain)
        {
            Gather(body);
        }

        var before = pieces.Length;
        if (!text.IsPlain)
        {
            text.DecodeContent(body, pieces);
        }

        var visible = text.IsPlain
            ? text.In(body).ContainsAnyExcept(" \t\r\n"u8)
            : pieces.Written[before..].ContainsAnyExcept(XmlCharacters.WhiteSpace);
        if (!visible && !text.HasDecimal && HasChildren)
        {
            pieces.Cut(before);
            return;
        }

        HasVisibleText |= visible;
        if (text.IsPlain)
        {
            AddPlain(text, body, isAscii);
        }

        TextLength = hasOnly ? TextLength : pieces.Length;
    }

    /// <summary>Adds the text of a CDATA section.</summary>
    public void AddSection(XmlText text, ReadOnlySpan<byte> body)
    {
        HasVisibleText |= text.In(body).ContainsAnyExcept(" \t\r\n"u8);
        Gather(body);
        text.DecodeSection(body, pieces);
        TextLength = pieces.Length;
    }

    public SoapElement Complete(ReadOnlySpan<byte> body, bool isAscii, SoapElement[] children) =>
        new(name!.HeadOf(uri, attributes), children.Length > 0 ? children : Text(body, isAscii), line, column);

    private void AddPlain(XmlText text, ReadOnlySpan<byte> body, bool isAscii)
    {
        if (TextLength == 0)
        {
            (only, hasOnly) = (text, true);
            TextLength = isAscii ? text.Length : Encoding.UTF8.GetCharCount(text.In(body));
            return;
        }

        Gather(body);
        pieces.Append(text.In(body));
    }

    // A text of one piece stays where it is in the body; only one of several is put together.
    private void Gather(ReadOnlySpan<byte> body)
    {
        if (hasOnly)
        {
            pieces.Append(only.In(body));
            hasOnly = false;
        }
    }

    private string Text(ReadOnlySpan<byte> body, bool isAscii) =>
        !hasOnly ? (pieces.Length == 0 ? "" : pieces.ToString())
        : !isAscii && !Ascii.IsValid(only.In(body)) ? Encoding.UTF8.GetString(only.In(body))
        : name!.HoldsName ? SharedTexts.Of(only.In(body))
        : CommonTexts.Of(only.In(body));
}
