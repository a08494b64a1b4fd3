namespace CwmpShield.Core.Wire;

/// <summary>A qualified name, taken apart, with what a reader remembers of it while it reads. It belongs to one reader at a time.</summary>
internal sealed class XmlName
{
    private ElementHead head = ElementHead.None;

    /// <summary>As written.</summary>
    public required string Qualified { get; init; }

    /// <summary>The same, as UTF-8.</summary>
    public required byte[] Utf8 { get; init; }

    /// <summary>Empty when none.</summary>
    public required string Prefix { get; init; }

    /// <summary>Empty when the name is none that Namespaces in XML allows.</summary>
    public required string LocalName { get; init; }

    /// <summary>Whether the text of an element of this name is a name itself (of a parameter, of an event), which comes again.</summary>
    public bool HoldsName { get; init; }

    /// <summary>The start tag in which it last stood as an attribute.</summary>
    public long LastTag { get; set; }

    /// <summary>The version of the declarations under which <see cref="Namespace"/> was found.</summary>
    public long NamespaceVersion { get; set; } = -1;

    /// <summary>What its prefix was last found to mean.</summary>
    public string Namespace { get; set; } = "";

    /// <summary>
    /// What an element of this name is besides its content. It is kept for the next one where it says nothing but how to read the
    /// content: other attributes belong to their message.
    /// </summary>
    public ElementHead HeadOf(string uri, SoapAttribute[] attributes)
    {
        if (head.Is(LocalName, uri, attributes))
        {
            return head;
        }

        var other = new ElementHead(LocalName, uri, attributes);
        if (attributes is [] || (attributes is [var only] && SharedAttributes.IsCommon(only.LocalName)))
        {
            head = other;
        }

        return other;
    }
}
