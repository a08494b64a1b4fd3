using System.Diagnostics.CodeAnalysis;

namespace CwmpShield.Core.Wire;

/// <summary>One element of a SOAP message: comments, processing instructions and CDATA boundaries are gone, text is as XML 1.0 reads it.</summary>
public sealed class SoapElement
{
    // A report has many thousands of elements: they hold either text or children, and never room for both.
    private readonly object content = "";
    private readonly ElementHead head = ElementHead.None;

    /// <summary>An element without name, to be filled by an initialiser.</summary>
    public SoapElement()
    {
    }

#pragma warning disable CS8618 // The name is in the head.
    [SetsRequiredMembers]
    internal SoapElement(ElementHead head, object content, int line, int column)
    {
        (this.head, this.content) = (head, content);
        (Line, Column) = (line, column);
    }
#pragma warning restore CS8618

    /// <summary>Name without prefix.</summary>
    public required string LocalName
    {
        get => head.LocalName;
        init => head = new ElementHead(value, head.Namespace, head.Attributes);
    }

    /// <summary>Namespace that the prefix is bound to; empty when none or when the prefix is not declared.</summary>
    public string Namespace
    {
        get => head.Namespace;
        init => head = new ElementHead(head.LocalName, value, head.Attributes);
    }

    /// <summary>Character content of a leaf; empty for an element that has children (white space between children is dropped).</summary>
    public string Text
    {
        get => content as string ?? "";
        init => content = content is string ? value : content;
    }

    /// <summary>Attributes other than namespace declarations.</summary>
    public IReadOnlyList<SoapAttribute> Attributes
    {
        get => head.Attributes;
        init => head = new ElementHead(head.LocalName, head.Namespace, value as SoapAttribute[] ?? [.. value]);
    }

    /// <summary>Child elements in document order.</summary>
    public IReadOnlyList<SoapElement> Children
    {
        get => Nodes;
        init => content = value.Count > 0 ? value as SoapElement[] ?? [.. value] : content is string ? content : "";
    }

    /// <summary>1-based line in the body.</summary>
    public int Line { get; init; }

    /// <summary>1-based column in the body.</summary>
    public int Column { get; init; }

    /// <summary><see cref="Children"/>, for those who go through all of them.</summary>
    internal SoapElement[] Nodes => content as SoapElement[] ?? [];

    /// <summary><see cref="Attributes"/>, for those who go through all of them.</summary>
    internal SoapAttribute[] AttributeNodes => head.Attributes;

    /// <summary>Its name, namespace and attributes.</summary>
    internal ElementHead Head => head;

    /// <summary>This element with other text; its children, if it has any, are gone.</summary>
    public SoapElement WithText(string text) => new(head, text, Line, Column);

    /// <summary>This element with other children; its text, if it has any, is gone.</summary>
    public SoapElement WithChildren(IReadOnlyList<SoapElement> children) =>
        new(head, children.Count == 0 ? "" : children as SoapElement[] ?? [.. children], Line, Column);

    /// <summary>First child with this local name in any namespace, or null.</summary>
    public SoapElement? Child(string localName)
    {
        foreach (var child in Nodes)
        {
            if (string.Equals(child.LocalName, localName, StringComparison.Ordinal))
            {
                return child;
            }
        }

        return null;
    }

    /// <summary>First attribute with this local name, in <paramref name="uri"/> or under a prefix that is not declared; or null.</summary>
    internal SoapAttribute? Attribute(string localName, string uri)
    {
        foreach (var attribute in head.Attributes)
        {
            if (attribute.LocalName == localName && (attribute.Namespace == uri || attribute.Namespace.Length == 0))
            {
                return attribute;
            }
        }

        return null;
    }

    internal SoapElement Copy(
        string localName, string uri, string text, IReadOnlyList<SoapAttribute> attributes, IReadOnlyList<SoapElement> children) =>
        new(
            new ElementHead(localName, uri, attributes as SoapAttribute[] ?? [.. attributes]),
            children.Count == 0 ? text : children as SoapElement[] ?? [.. children],
            Line,
            Column);
}

/// <summary>One attribute. A value that is a qualified name (xsi:type) also carries the namespace of its prefix.</summary>
/// <param name="LocalName">Name without prefix.</param>
/// <param name="Namespace">Namespace of the attribute's prefix; empty when none or not declared.</param>
/// <param name="Value">Value as XML 1.0 reads it; where it is a qualified name whose prefix is not declared, its local part.</param>
/// <param name="ValueNamespace">Namespace of the value's prefix where the value is a qualified name; else empty.</param>
public sealed record SoapAttribute(string LocalName, string Namespace, string Value, string ValueNamespace = "");
