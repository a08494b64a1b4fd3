namespace CwmpShield.Core.Wire;

/// <summary>A SOAP 1.1 envelope that can be read one way only: at most one header, exactly one body with exactly one entry.</summary>
/// <param name="Headers">Header entries in document order; empty when there is no header.</param>
/// <param name="Body">The one entry of the body.</param>
/// <param name="CwmpNamespace">The <c>urn:dslforum-org:cwmp-1-N</c> that the message uses; empty when it names none.</param>
public sealed record SoapEnvelope(IReadOnlyList<SoapElement> Headers, SoapElement Body, string CwmpNamespace)
{
    /// <summary>
    /// Every namespace that is declared anywhere in the body, used or not, each once. The writer does not send them on; rules see
    /// them, so that an action of another protocol (TR-064, UPnP) is known by its namespace wherever it hides.
    /// </summary>
    public IReadOnlyList<string> DeclaredNamespaces { get; init; } = [];
}
