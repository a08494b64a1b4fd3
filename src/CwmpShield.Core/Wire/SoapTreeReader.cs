using System.Runtime.InteropServices;
using System.Xml;

namespace CwmpShield.Core.Wire;

/// <summary>
/// Reads well-formed XML into elements within limits. Names are resolved here and not by the parser, because common ACSs and devices
/// use prefixes that they do not declare.
/// </summary>
internal sealed class SoapTreeReader : IDisposable
{
    private readonly XmlTextReader _xml;
    private readonly SoapLimits _limits;
    private readonly SoapAttributeReader _attributes;
    private readonly ReaderWorkspace _workspace;
    private int _depth;
    private int _elements;
    private bool _strangeNames;

    private SoapTreeReader(ReadOnlyMemory<byte> utf8, SoapLimits limits, ReaderWorkspace workspace)
    {
        _limits = limits;
        _workspace = workspace;
        _xml = new XmlTextReader(new Utf8TextReader(utf8), workspace.Names.Table)
        {
            Namespaces = false,
            Normalization = true,
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            EntityHandling = EntityHandling.ExpandEntities,
            WhitespaceHandling = WhitespaceHandling.All,
        };
        _attributes = new SoapAttributeReader(_xml, workspace, limits);
    }

    /// <summary>Reads the whole of <paramref name="utf8"/>, which must be valid UTF-8.</summary>
    /// <param name="utf8">The body.</param>
    /// <param name="limits">Bounds.</param>
    /// <param name="root">The root element, null when false is returned.</param>
    /// <param name="declared">Every namespace that the body declares.</param>
    /// <param name="error">Why not, when false is returned.</param>
    public static bool TryRead(ReadOnlyMemory<byte> utf8, SoapLimits limits, out SoapElement? root, out string[] declared, out WireError error)
    {
        var workspace = ReaderWorkspace.Rent();
        using var reader = new SoapTreeReader(utf8, limits, workspace);
        error = reader.Read(utf8.Span);
        root = error.Reason is null ? workspace.Finished[0] : null;
        declared = workspace.Scope.Declared;
        if (root is not null && !reader._strangeNames)
        {
            workspace.Return();
        }

        return root is not null;
    }

    public void Dispose() => _xml.Dispose();

    private bool RootEnded => _depth == 0 && _workspace.Finished.Count > 0;

    // default(WireError) has no reason: all is well.
    private WireError Read(ReadOnlySpan<byte> utf8)
    {
        try
        {
            while (_xml.Read())
            {
                var error = Take(_xml.NodeType);
                if (error.Reason is not null)
                {
                    return error;
                }
            }

            return RootEnded ? default : Error(WireReason.NotWellFormed, "The body has no root element.");
        }
        catch (XmlException ill)
        {
            return Explain(ill, utf8);
        }
    }

    // The parser's own message can be as long as the body and quotes it; only the place is taken from it.
    private WireError Explain(XmlException ill, ReadOnlySpan<byte> utf8)
    {
        var (reason, detail) = RootEnded
            ? (WireReason.TrailingContent, "Something follows the envelope.")
            : _elements == 0 && utf8.IndexOf("<!DOCTYPE"u8) >= 0
                ? (WireReason.Doctype, "Document type declarations are not read.")
                : (WireReason.NotWellFormed, "The body is not well-formed XML 1.0.");
        return new WireError(reason, detail, ill.LineNumber, ill.LinePosition);
    }

    private WireError Take(XmlNodeType node)
    {
        switch (node)
        {
            case XmlNodeType.Element:
                return Open();
            case XmlNodeType.EndElement:
                Close();
                return default;
            case XmlNodeType.Text or XmlNodeType.CDATA:
                return AddText(_xml.Value);
            case XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace:
                // Only a leaf keeps its white space, and only until it turns out to be none.
                return _depth == 0 || Current.HasChildren ? default : AddText(_xml.Value);
            case XmlNodeType.Comment or XmlNodeType.XmlDeclaration:
                return default;
            case XmlNodeType.ProcessingInstruction:
                _strangeNames = true;
                return default;
            default:
                return Error(WireReason.NotWellFormed, "The body refers to an entity that XML 1.0 does not have.");
        }
    }

    private WireError Open()
    {
        if (_depth > 0)
        {
            if (Current.HasVisibleText)
            {
                return Error(WireReason.MixedContent, "An element holds both text and elements.");
            }

            Current.HasChildren = true;
        }

        if (_depth >= _limits.MaxDepth)
        {
            return Error(WireReason.TooDeep, "The elements are nested too deeply.");
        }

        if (++_elements > _limits.MaxElements)
        {
            return Error(WireReason.TooManyElements, "The body holds too many elements.");
        }

        if (_xml.Name.Length > _limits.MaxNameLength)
        {
            return Error(WireReason.NameTooLong, "The name of an element is too long.");
        }

        var name = _workspace.Names.Split(_xml.Name);
        if (name.LocalName.Length == 0)
        {
            return Error(WireReason.BadName, "The name of an element is no qualified name.");
        }

        var element = Push();
        element.Start(name.LocalName, _xml.LineNumber, _xml.LinePosition, _workspace.Scope.Count, _workspace.Finished.Count);
        var isEmpty = _xml.IsEmptyElement;
        var error = _attributes.TryRead(out var attributes);
        if (error.Reason is null)
        {
            element.Attributes = attributes;
            element.Namespace = _workspace.Scope.Resolve(name.Prefix);
            if (isEmpty)
            {
                Close();
            }
        }

        return error;
    }

    private OpenElement Current => _workspace.Open[_depth - 1];

    private OpenElement Push()
    {
        if (_depth == _workspace.Open.Count)
        {
            _workspace.Open.Add(new OpenElement());
        }

        return _workspace.Open[_depth++];
    }

    private void Close()
    {
        var element = Current;
        _depth--;
        var children = CollectionsMarshal.AsSpan(_workspace.Finished)[element.FirstChild..].ToArray();
        _workspace.Finished.RemoveRange(element.FirstChild, children.Length);
        _workspace.Scope.Leave(element.ScopeMark);
        _workspace.Finished.Add(element.Complete(children));
    }

    private WireError AddText(string text)
    {
        if (_depth == 0)
        {
            return default;
        }

        var element = Current;
        if (element.TextLength + text.Length > _limits.MaxTextLength)
        {
            return Error(WireReason.TextTooLong, "A text is too long.");
        }

        element.Append(text);
        return element.HasChildren && element.HasVisibleText
            ? Error(WireReason.MixedContent, "An element holds both text and elements.")
            : default;
    }

    private WireError Error(string reason, string detail) => new(reason, detail, _xml.LineNumber, _xml.LinePosition);
}
