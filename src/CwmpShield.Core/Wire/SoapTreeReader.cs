using System.Runtime.InteropServices;
using System.Text;

namespace CwmpShield.Core.Wire;

/// <summary>
/// Reads well-formed XML 1.0 without a document type into elements, within limits. Prefixes need not be declared, because common ACSs
/// and devices use some that they do not declare.
/// </summary>
internal ref struct SoapTreeReader
{
    private readonly SoapLimits limits;
    private readonly ReaderWorkspace workspace;
    private readonly bool isAscii;
    private readonly bool isDoubtful;
    private XmlCursor cursor;
    private XmlPlaces places;
    private OpenElement? inner;
    private int depth;
    private int elements;

    private SoapTreeReader(ReadOnlySpan<byte> utf8, SoapLimits limits, ReaderWorkspace workspace)
    {
        this.limits = limits;
        this.workspace = workspace;
        isAscii = Ascii.IsValid(utf8);
        isDoubtful = !isAscii && XmlCharacters.HasNoncharacter(utf8);
        cursor = new XmlCursor(utf8);
        places = new XmlPlaces(utf8, isAscii);
    }

    /// <summary>Reads the whole of <paramref name="utf8"/>, which must be valid UTF-8 without control characters.</summary>
    /// <param name="utf8">The body.</param>
    /// <param name="limits">Bounds.</param>
    /// <param name="root">The root element, null when false is returned.</param>
    /// <param name="declared">Every namespace that the body declares.</param>
    /// <param name="error">Why not, when false is returned.</param>
    public static bool TryRead(ReadOnlySpan<byte> utf8, SoapLimits limits, out SoapElement? root, out string[] declared, out WireError error)
    {
        var rented = ReaderWorkspace.Rent();
        var reader = new SoapTreeReader(utf8, limits, rented);
        error = reader.Read();
        root = error.Reason is null ? rented.Finished[0] : null;
        declared = rented.Scope.Declared;
        if (root is not null)
        {
            rented.Return();
        }

        return root is not null;
    }

    private readonly bool HasEnded => depth == 0 && workspace.Finished.Count > 0;

    private readonly bool HasDoctype => elements == 0 && cursor.Bytes.IndexOf("<!DOCTYPE"u8) >= 0;

    private readonly OpenElement Inner => inner!;

    // default(WireError) has no reason: all is well.
    private WireError Read()
    {
        if (!XmlMarkup.TrySkipDeclaration(ref cursor))
        {
            return IllFormed();
        }

        while (true)
        {
            var error = depth == 0 ? ReadOutside() : ReadInside();
            if (error.Reason is not null || (cursor.IsAtEnd && HasEnded))
            {
                return error;
            }
        }
    }

    private WireError ReadOutside()
    {
        cursor.SkipWhiteSpace();
        return cursor.IsAtEnd
            ? HasEnded ? default : HasDoctype ? IllFormed() : Error(cursor.At, WireReason.NotWellFormed, "The body has no root element.")
            : (cursor.Current, cursor.Next) switch
            {
                ((byte)'<', (byte)'?') => Skip(),
                ((byte)'<', (byte)'!') when cursor.Rest.StartsWith("<!--"u8) => Skip(),
                ((byte)'<', _) when !HasEnded => Open(),
                _ => IllFormed(),
            };
    }

    private WireError ReadInside()
    {
        if (cursor.Current != (byte)'<')
        {
            return cursor.IsAtEnd ? IllFormed() : AddContent();
        }

        return cursor.Next switch
        {
            (byte)'/' => Close(),
            (byte)'?' => Skip(),
            (byte)'!' => cursor.TryTake("<![CDATA["u8) ? AddSection() : cursor.Rest.StartsWith("<!--"u8) ? Skip() : IllFormed(),
            _ => Open(),
        };
    }

    private WireError Skip() => XmlMarkup.TrySkip(ref cursor, isDoubtful) ? default : IllFormed();

    private WireError Open()
    {
        if (!StartTag.TryTake(ref cursor, workspace, limits.MaxAttributes, isDoubtful, out var tag))
        {
            return IllFormed();
        }

        if (depth > 0)
        {
            if (Inner.HasVisibleText)
            {
                return Error(tag.Start, WireReason.MixedContent, "An element holds both text and elements.");
            }

            Inner.HasChildren = true;
        }

        if (depth >= limits.MaxDepth)
        {
            return Error(tag.Start, WireReason.TooDeep, "The elements are nested too deeply.");
        }

        if (++elements > limits.MaxElements)
        {
            return Error(tag.Start, WireReason.TooManyElements, "The body holds too many elements.");
        }

        if (tag.Length > limits.MaxNameLength && Encoding.UTF8.GetCharCount(tag.Name(cursor.Bytes)) > limits.MaxNameLength)
        {
            return Error(tag.Start, WireReason.NameTooLong, "The name of an element is too long.");
        }

        return Begin(tag);
    }

    private WireError Begin(StartTag tag)
    {
        var name = workspace.Names.Of(tag.Name(cursor.Bytes));
        if (name.LocalName.Length == 0)
        {
            return Error(tag.Start, WireReason.BadName, "The name of an element is no qualified name.");
        }

        if (tag.Attributes > limits.MaxAttributes)
        {
            return Error(tag.Start, WireReason.TooManyAttributes, "An element has too many attributes.");
        }

        places.MoveTo(tag.Start);
        var element = Push();
        element.Start(tag, name, places, workspace.Scope.Count, workspace.Finished.Count);
        SoapAttribute[] attributes = [];
        if (tag.Attributes > 0)
        {
            var error = new SoapAttributeReader(cursor.Bytes, isAscii, workspace, limits).TryRead(out attributes);
            if (error.Reason is not null)
            {
                return Error(tag.Start, error.Reason, error.Detail);
            }
        }

        element.Resolve(workspace.Scope.Resolve(name), attributes);
        if (tag.IsEmpty)
        {
            Complete();
        }

        return default;
    }

    private OpenElement Push()
    {
        if (depth == workspace.Open.Count)
        {
            workspace.Open.Add(new OpenElement());
        }

        inner = workspace.Open[depth++];
        return inner;
    }

    private WireError Close()
    {
        cursor.At += 2;
        if (!cursor.TryTake(Inner.Name(cursor.Bytes)))
        {
            return IllFormed();
        }

        cursor.SkipWhiteSpace();
        if (!cursor.TryTake((byte)'>'))
        {
            return IllFormed();
        }

        Complete();
        return default;
    }

    private void Complete()
    {
        var element = Inner;
        inner = --depth > 0 ? workspace.Open[depth - 1] : null;
        var finished = workspace.Finished;
        var children = element.HasChildren ? CollectionsMarshal.AsSpan(finished)[element.FirstChild..].ToArray() : [];
        finished.RemoveRange(element.FirstChild, children.Length);
        workspace.Scope.Leave(element.ScopeMark);
        finished.Add(element.Complete(cursor.Bytes, isAscii, children));
    }

    private WireError AddContent()
    {
        if (!XmlText.TryTakeContent(ref cursor, out var text) || IsDoubtful(text))
        {
            return IllFormed();
        }

        Inner.AddContent(text, cursor.Bytes, isAscii);
        return Added(text);
    }

    private WireError AddSection()
    {
        if (!XmlText.TryTakeSection(ref cursor, out var text) || IsDoubtful(text))
        {
            return IllFormed();
        }

        Inner.AddSection(text, cursor.Bytes);
        return Added(text);
    }

    private readonly bool IsDoubtful(XmlText text) => isDoubtful && XmlCharacters.HasNoncharacter(text.In(cursor.Bytes));

    private WireError Added(XmlText text) =>
        Inner.TextLength > limits.MaxTextLength ? Error(text.Start, WireReason.TextTooLong, "A text is too long.")
        : Inner is { HasChildren: true, HasVisibleText: true } ? Error(text.Start, WireReason.MixedContent, "An element holds both text and elements.")
        : default;

    private WireError IllFormed()
    {
        var (reason, detail) = HasEnded
            ? (WireReason.TrailingContent, "Something follows the envelope.")
            : HasDoctype
                ? (WireReason.Doctype, "Document type declarations are not read.")
                : (WireReason.NotWellFormed, "The body is not well-formed XML 1.0.");
        return Error(cursor.At, reason, detail);
    }

    private WireError Error(int offset, string reason, string detail)
    {
        places.MoveTo(Math.Min(offset, cursor.Bytes.Length));
        return new WireError(reason, detail, places.Line, places.Column);
    }
}
