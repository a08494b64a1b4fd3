namespace CwmpShield.Core.Wire;

/// <summary>What the elements of a list have in common: name, namespace and attributes. A report has thousands that share one.</summary>
/// <param name="LocalName">Name without prefix.</param>
/// <param name="Namespace">Namespace, empty when none.</param>
/// <param name="Attributes">Attributes other than namespace declarations.</param>
internal sealed record ElementHead(string LocalName, string Namespace, SoapAttribute[] Attributes)
{
    /// <summary>No name yet.</summary>
    public static ElementHead None { get; } = new("", "", []);

    /// <summary>Whether it is made of these very parts.</summary>
    public bool Is(string localName, string uri, SoapAttribute[] attributes) =>
        ReferenceEquals(LocalName, localName) && ReferenceEquals(Namespace, uri) && ReferenceEquals(Attributes, attributes);
}
