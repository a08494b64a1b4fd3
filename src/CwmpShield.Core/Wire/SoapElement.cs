namespace CwmpShield.Core.Wire;

/// <summary>One element of a SOAP message: comments, processing instructions and CDATA boundaries are gone, text is as XML 1.0 reads it.</summary>
public sealed class SoapElement
{
    /// <summary>Name without prefix.</summary>
    public required string LocalName { get; init; }

    /// <summary>Namespace that the prefix is bound to; empty when none or when the prefix is not declared.</summary>
    public string Namespace { get; init; } = "";

    /// <summary>Character content of a leaf; empty for an element that has children (white space between children is dropped).</summary>
    public string Text { get; init; } = "";

    /// <summary>Attributes other than namespace declarations.</summary>
    public IReadOnlyList<SoapAttribute> Attributes { get; init; } = [];

    /// <summary>Child elements in document order.</summary>
    public IReadOnlyList<SoapElement> Children { get; init; } = [];

    /// <summary>1-based line in the body.</summary>
    public int Line { get; init; }

    /// <summary>1-based column in the body.</summary>
    public int Column { get; init; }

    /// <summary>This element with other text; its children, if it has any, are gone.</summary>
    public SoapElement WithText(string text) => Copy(LocalName, Namespace, text, Attributes, []);

    /// <summary>This element with other children; its text, if it has any, is gone.</summary>
    public SoapElement WithChildren(IReadOnlyList<SoapElement> children) => Copy(LocalName, Namespace, "", Attributes, children);

    /// <summary>First child with this local name in any namespace, or null.</summary>
    public SoapElement? Child(string localName)
    {
        for (var i = 0; i < Children.Count; i++)
        {
            if (string.Equals(Children[i].LocalName, localName, StringComparison.Ordinal))
            {
                return Children[i];
            }
        }

        return null;
    }

    /// <summary>First attribute with this local name, in <paramref name="uri"/> or under a prefix that is not declared; or null.</summary>
    internal SoapAttribute? Attribute(string localName, string uri)
    {
        for (var i = 0; i < Attributes.Count; i++)
        {
            if (Attributes[i].LocalName == localName && (Attributes[i].Namespace == uri || Attributes[i].Namespace.Length == 0))
            {
                return Attributes[i];
            }
        }

        return null;
    }

    internal SoapElement Copy(
        string localName, string uri, string text, IReadOnlyList<SoapAttribute> attributes, IReadOnlyList<SoapElement> children) => new()
        {
            LocalName = localName,
            Namespace = uri,
            Text = text,
            Attributes = attributes,
            Children = children,
            Line = Line,
            Column = Column,
        };
}

/// <summary>One attribute. A value that is a qualified name (xsi:type) also carries the namespace of its prefix.</summary>
/// <param name="LocalName">Name without prefix.</param>
/// <param name="Namespace">Namespace of the attribute's prefix; empty when none or not declared.</param>
/// <param name="Value">Value as XML 1.0 reads it; where it is a qualified name whose prefix is not declared, its local part.</param>
/// <param name="ValueNamespace">Namespace of the value's prefix where the value is a qualified name; else empty.</param>
public sealed record SoapAttribute(string LocalName, string Namespace, string Value, string ValueNamespace = "");
