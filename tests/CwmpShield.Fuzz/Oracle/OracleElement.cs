using System.Text;
using CwmpShield.Core.Wire;

namespace CwmpShield.Fuzz.Oracle;

/// <summary>An element whose end tag has not been seen. There is one for each level of depth, used again and again.</summary>
internal sealed class OracleElement
{
    private string name = "";
    private int line;
    private int column;
    private string? text;
    private StringBuilder? pieces;

    public SoapAttribute[] Attributes { get; set; } = [];

    public string Namespace { get; set; } = "";

    /// <summary>Declarations in force outside it.</summary>
    public int ScopeMark { get; private set; }

    /// <summary>Where its children begin among the finished elements.</summary>
    public int FirstChild { get; private set; }

    public bool HasChildren { get; set; }

    /// <summary>Whether its text is more than white space.</summary>
    public bool HasVisibleText { get; private set; }

    public int TextLength => pieces?.Length ?? text?.Length ?? 0;

    /// <summary>Begins another element.</summary>
    public void Start(string name, int line, int column, int scopeMark, int firstChild)
    {
        (this.name, this.line, this.column) = (name, line, column);
        (ScopeMark, FirstChild) = (scopeMark, firstChild);
        (text, pieces) = (null, null);
        (HasChildren, HasVisibleText) = (false, false);
    }

    /// <summary>Lets go of what belongs to a message.</summary>
    public void Forget()
    {
        Start("", 0, 0, 0, 0);
        (Attributes, Namespace) = ([], "");
    }

    /// <summary>Adds a piece of text; comments and CDATA boundaries cut a text into pieces.</summary>
    public void Append(string piece)
    {
        HasVisibleText |= piece.AsSpan().ContainsAnyExcept(" \t\r\n");
        if (text is null)
        {
            text = piece;
            return;
        }

        pieces ??= new StringBuilder(text);
        pieces.Append(piece);
    }

    public SoapElement Complete(SoapElement[] children) => new()
    {
        LocalName = name,
        Namespace = Namespace,
        Text = children.Length > 0 ? "" : pieces?.ToString() ?? text ?? "",
        Attributes = Attributes,
        Children = children,
        Line = line,
        Column = column,
    };
}
