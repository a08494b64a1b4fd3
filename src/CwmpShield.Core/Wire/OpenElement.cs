using System.Text;

namespace CwmpShield.Core.Wire;

/// <summary>An element whose end tag has not been seen.</summary>
internal sealed class OpenElement(XmlName name, int line, int column, int scopeMark, int firstChild)
{
    public SoapAttribute[] Attributes = [];
    private string? _text;
    private StringBuilder? _pieces;

    public string Namespace { get; set; } = "";

    /// <summary>Declarations in force outside it.</summary>
    public int ScopeMark => scopeMark;

    /// <summary>Where its children begin among the finished elements.</summary>
    public int FirstChild => firstChild;

    public bool HasChildren { get; set; }

    /// <summary>Whether its text is more than white space.</summary>
    public bool HasVisibleText { get; private set; }

    public int TextLength => _pieces?.Length ?? _text?.Length ?? 0;

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
        LocalName = name.LocalName,
        Prefix = name.Prefix,
        Namespace = Namespace,
        Text = children.Length > 0 ? "" : _pieces?.ToString() ?? _text ?? "",
        Attributes = Attributes,
        Children = children,
        Line = line,
        Column = column,
    };
}
