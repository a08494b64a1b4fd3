namespace CwmpShield.Core.Wire;

/// <summary>What the elements of a list have in common: name, namespace and attributes. A report has thousands that share one.</summary>
/// <param name="localName">Name without prefix.</param>
/// <param name="uri">Namespace, empty when none.</param>
/// <param name="attributes">Attributes other than namespace declarations.</param>
internal sealed class ElementHead(string localName, string uri, SoapAttribute[] attributes)
{
    private const int WrittenOften = 2;

    private WrittenTags? tags;
    private int writes;

    /// <summary>No name yet.</summary>
    public static ElementHead None { get; } = new("", "", []);

    /// <summary>Name without prefix.</summary>
    public string LocalName { get; } = localName;

    /// <summary>Namespace, empty when none.</summary>
    public string Namespace { get; } = uri;

    /// <summary>Attributes other than namespace declarations.</summary>
    public SoapAttribute[] Attributes { get; } = attributes;

    /// <summary>Whether it is made of these very parts.</summary>
    public bool Is(string localName, string uri, SoapAttribute[] attributes) =>
        ReferenceEquals(LocalName, localName) && ReferenceEquals(Namespace, uri) && ReferenceEquals(Attributes, attributes);

    /// <summary>
    /// Its tags as the writer writes them for a version of CWMP, kept once they have been asked for often enough; null while they have not.
    /// A head never changes, so that they are the same for every element that has it.
    /// </summary>
    public WrittenTags? TagsFor(string cwmp)
    {
        var known = Volatile.Read(ref tags);
        if (known is not null && (known.Cwmp is null || string.Equals(known.Cwmp, cwmp, StringComparison.Ordinal)))
        {
            return known;
        }

        if (writes < WrittenOften)
        {
            writes++;
            return null;
        }

        var written = SoapWriter.TagsOf(this, cwmp);
        Volatile.Write(ref tags, written);
        return written;
    }
}

/// <summary>The tags of an element in the gateway's own serialisation.</summary>
/// <param name="Cwmp">The namespace for which the prefix cwmp must stand; null where they are the same for every version.</param>
/// <param name="Start">UTF-8 of the start tag.</param>
/// <param name="End">UTF-8 of the end tag.</param>
internal sealed record WrittenTags(string? Cwmp, byte[] Start, byte[] End);
