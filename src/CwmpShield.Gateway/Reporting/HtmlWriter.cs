using System.Globalization;

namespace CwmpShield.Gateway.Reporting;

/// <summary>
/// Writes HTML that cannot be broken out of: names of elements and attributes are the program's own, and every text is escaped on its way.
/// There is no way to write markup as it is.
/// </summary>
/// <param name="output">Where it goes.</param>
internal sealed class HtmlWriter(TextWriter output)
{
    private readonly Stack<string> open = new();

    /// <summary>Opens an element; the end of the scope closes it.</summary>
    public Scope Open(string name, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        Start(name, attributes);
        output.Write('>');
        open.Push(name);
        return new Scope(this);
    }

    /// <summary>An element with a text in it.</summary>
    public void Element(string name, string text, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        using (Open(name, attributes))
        {
            Text(text);
        }
    }

    /// <summary>An element without content.</summary>
    public void Empty(string name, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        Start(name, attributes);
        output.Write("/>");
    }

    /// <summary>A text.</summary>
    public void Text(string text)
    {
        foreach (var c in text)
        {
            switch (c)
            {
                case '<':
                    output.Write("&lt;");
                    break;
                case '>':
                    output.Write("&gt;");
                    break;
                case '&':
                    output.Write("&amp;");
                    break;
                case '"':
                    output.Write("&quot;");
                    break;
                case '\'':
                    output.Write("&#39;");
                    break;
                default:
                    output.Write(IsHarmless(c) ? c : '\uFFFD');
                    break;
            }
        }
    }

    /// <summary>The head of the document: its title, and the one style sheet.</summary>
    public void Head(string title)
    {
        output.Write("<!DOCTYPE html>\n");
        Start("html", [("lang", "en")]);
        output.Write('>');
        open.Push("html");
        using (Open("head"))
        {
            Empty("meta", ("charset", "utf-8"));
            Empty("meta", ("http-equiv", "Content-Security-Policy"), ("content", $"default-src 'none'; style-src 'sha256-{ReportStyle.Hash}'"));
            Empty("meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1"));
            Element("title", title);

            // The one text that is not escaped is a constant.
            output.Write("<style>");
            output.Write(ReportStyle.Css);
            output.Write("</style>");
        }
    }

    /// <summary>Closes everything.</summary>
    public void End()
    {
        while (open.Count > 0)
        {
            Close();
        }

        output.Write('\n');
    }

    /// <summary>A number in the way of SVG.</summary>
    public static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private void Start(string name, ReadOnlySpan<(string Name, string Value)> attributes)
    {
        output.Write('<');
        output.Write(name);
        foreach (var (key, value) in attributes)
        {
            output.Write(' ');
            output.Write(key);
            output.Write("=\"");
            Text(value);
            output.Write('"');
        }
    }

    private void Close()
    {
        output.Write("</");
        output.Write(open.Pop());
        output.Write(">");
    }

    /// <summary>Neither a control character, nor one that turns the direction of what follows, nor half of a pair.</summary>
    private static bool IsHarmless(char c) =>
        (!char.IsControl(c) || c is '\n') && c is not (>= '\u202A' and <= '\u202E') and not (>= '\u2066' and <= '\u2069') and not ('\u200E' or '\u200F' or '\u061C' or '\uFFFE' or '\uFFFF')
        && !char.IsSurrogate(c);

    /// <summary>Closes the element that it was given for.</summary>
    internal readonly struct Scope(HtmlWriter html) : IDisposable
    {
        /// <inheritdoc/>
        public void Dispose() => html.Close();
    }
}
