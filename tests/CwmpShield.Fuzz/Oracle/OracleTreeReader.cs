using System.Runtime.InteropServices;
using System.Xml;
using CwmpShield.Core.Wire;

namespace CwmpShield.Fuzz.Oracle;

/// <summary>
/// Reads well-formed XML into elements within limits. Names are resolved here and not by the parser, because common ACSs and devices
/// use prefixes that they do not declare.
/// </summary>
internal sealed class OracleTreeReader : IDisposable
{
    private readonly XmlTextReader xml;
    private readonly SoapLimits limits;
    private readonly OracleAttributeReader attributes;
    private readonly OracleWorkspace workspace;
    private int depth;
    private int elements;
    private bool strangeNames;

    private OracleTreeReader(ReadOnlyMemory<byte> utf8, SoapLimits limits, OracleWorkspace workspace)
    {
        this.limits = limits;
        this.workspace = workspace;
        xml = new XmlTextReader(new OracleTextReader(utf8), workspace.Names.Table)
        {
            Namespaces = false,
            Normalization = true,
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            EntityHandling = EntityHandling.ExpandEntities,
            WhitespaceHandling = WhitespaceHandling.All,
        };
        attributes = new OracleAttributeReader(xml, workspace, limits);
    }

    /// <summary>Reads the whole of <paramref name="utf8"/>, which must be valid UTF-8.</summary>
    /// <param name="utf8">The body.</param>
    /// <param name="limits">Bounds.</param>
    /// <param name="root">The root element, null when false is returned.</param>
    /// <param name="declared">Every namespace that the body declares.</param>
    /// <param name="error">Why not, when false is returned.</param>
    public static bool TryRead(ReadOnlyMemory<byte> utf8, SoapLimits limits, out SoapElement? root, out string[] declared, out WireError error)
    {
        var rented = OracleWorkspace.Rent();
        using var reader = new OracleTreeReader(utf8, limits, rented);
        error = reader.Read(utf8.Span);
        root = error.Reason is null ? rented.Finished[0] : null;
        declared = rented.Scope.Declared;
        if (root is not null && !reader.strangeNames)
        {
            rented.Return();
        }

        return root is not null;
    }

    public void Dispose() => xml.Dispose();

    private bool RootEnded => depth == 0 && workspace.Finished.Count > 0;

    // default(WireError) has no reason: all is well.
    private WireError Read(ReadOnlySpan<byte> utf8)
    {
        try
        {
            while (xml.Read())
            {
                var error = Take(xml.NodeType);
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
            : elements == 0 && utf8.IndexOf("<!DOCTYPE"u8) >= 0
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
                return AddText(xml.Value);
            case XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace:
                // Only a leaf keeps its white space, and only until it turns out to be none.
                return depth == 0 || Current.HasChildren ? default : AddText(xml.Value);
            case XmlNodeType.Comment or XmlNodeType.XmlDeclaration:
                return default;
            case XmlNodeType.ProcessingInstruction:
                strangeNames = true;
                return default;
            default:
                return Error(WireReason.NotWellFormed, "The body refers to an entity that XML 1.0 does not have.");
        }
    }

    private WireError Open()
    {
        if (depth > 0)
        {
            if (Current.HasVisibleText)
            {
                return Error(WireReason.MixedContent, "An element holds both text and elements.");
            }

            Current.HasChildren = true;
        }

        if (depth >= limits.MaxDepth)
        {
            return Error(WireReason.TooDeep, "The elements are nested too deeply.");
        }

        if (++elements > limits.MaxElements)
        {
            return Error(WireReason.TooManyElements, "The body holds too many elements.");
        }

        if (xml.Name.Length > limits.MaxNameLength)
        {
            return Error(WireReason.NameTooLong, "The name of an element is too long.");
        }

        var name = workspace.Names.Split(xml.Name);
        if (name.LocalName.Length == 0)
        {
            return Error(WireReason.BadName, "The name of an element is no qualified name.");
        }

        var element = Push();
        element.Start(name.LocalName, xml.LineNumber, xml.LinePosition, workspace.Scope.Count, workspace.Finished.Count);
        var isEmpty = xml.IsEmptyElement;
        var error = attributes.TryRead(out var read);
        if (error.Reason is null)
        {
            element.Attributes = read;
            element.Namespace = workspace.Scope.Resolve(name.Prefix);
            if (isEmpty)
            {
                Close();
            }
        }

        return error;
    }

    private OracleElement Current => workspace.Open[depth - 1];

    private OracleElement Push()
    {
        if (depth == workspace.Open.Count)
        {
            workspace.Open.Add(new OracleElement());
        }

        return workspace.Open[depth++];
    }

    private void Close()
    {
        var element = Current;
        depth--;
        var children = CollectionsMarshal.AsSpan(workspace.Finished)[element.FirstChild..].ToArray();
        workspace.Finished.RemoveRange(element.FirstChild, children.Length);
        workspace.Scope.Leave(element.ScopeMark);
        workspace.Finished.Add(element.Complete(children));
    }

    private WireError AddText(string text)
    {
        if (depth == 0)
        {
            return default;
        }

        var element = Current;
        if (element.TextLength + text.Length > limits.MaxTextLength)
        {
            return Error(WireReason.TextTooLong, "A text is too long.");
        }

        element.Append(text);
        return element.HasChildren && element.HasVisibleText
            ? Error(WireReason.MixedContent, "An element holds both text and elements.")
            : default;
    }

    private WireError Error(string reason, string detail) => new(reason, detail, xml.LineNumber, xml.LinePosition);
}
