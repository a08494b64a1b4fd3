using System.Text;

namespace CwmpShield.Core.Wire;

/// <summary>An element whose end tag has not been seen. There is one for each level of depth, used again and again.</summary>
internal sealed class OpenElement
{
    private string _name = "";
    private int _line;
    private int _column;
    private string? _text;
    private StringBuilder? _pieces;

    public SoapAttribute[] Attributes { get; set; } = [];

    public string Namespace { get; set; } = "";

    /// <summary>Declarations in force outside it.</summary>
    public int ScopeMark { get; private set; }

    /// <summary>Where its children begin among the finished elements.</summary>
    public int FirstChild { get; private set; }

    public bool HasChildren { get; set; }

    /// <summary>Whether its text is more than white space.</summary>
    public bool HasVisibleText { get; private set; }

    public int TextLength => _pieces?.Length ?? _text?.Length ?? 0;

    /// <summary>Begins another element.</summary>
    public void Start(string name, int line, int column, int scopeMark, int firstChild)
    {
        (_name, _line, _column) = (name, line, column);
        (ScopeMark, FirstChild) = (scopeMark, firstChild);
        (_text, _pieces) = (null, null);
        (HasChildren, HasVisibleText) = (false, false);
    }

    /// <summary>Lets go of what belongs to a message.</summary>
    public void Forget()
    {
        Start("", 0, 0, 0, 0);
        (Attributes, Namespace) = ([], "");
    }

    /// <summary>Adds a piece of text; comments and CDATA boundaries cut a text into pieces.</summary>
    public void Append(string text)
    {
        HasVisibleText |= text.AsSpan().ContainsAnyExcept(" \t\r\n");
        if (_text is null)
        {
            _text = text;
            return;
        }

        _pieces ??= new StringBuilder(_text);
        _pieces.Append(text);
    }

    public SoapElement Complete(SoapElement[] children) => new()
    {
        LocalName = _name,
        Namespace = Namespace,
        Text = children.Length > 0 ? "" : _pieces?.ToString() ?? _text ?? "",
        Attributes = Attributes,
        Children = children,
        Line = _line,
        Column = _column,
    };
}
