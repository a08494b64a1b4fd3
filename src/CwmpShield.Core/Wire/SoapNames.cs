namespace CwmpShield.Core.Wire;

/// <summary>The namespaces of SOAP 1.1 and of XML Schema, and the prefixes under which the gateway writes them.</summary>
public static class SoapNames
{
    /// <summary>SOAP 1.1 envelope, written <c>soap-env</c>.</summary>
    public const string Envelope = "http://schemas.xmlsoap.org/soap/envelope/";

    /// <summary>SOAP 1.1 encoding, written <c>soap-enc</c>.</summary>
    public const string Encoding = "http://schemas.xmlsoap.org/soap/encoding/";

    /// <summary>XML Schema, written <c>xsd</c>.</summary>
    public const string Schema = "http://www.w3.org/2001/XMLSchema";

    /// <summary>XML Schema instance, written <c>xsi</c>.</summary>
    public const string Instance = "http://www.w3.org/2001/XMLSchema-instance";

    /// <summary>The namespace of the prefix <c>xml</c>.</summary>
    public const string Xml = "http://www.w3.org/XML/1998/namespace";

    /// <summary>What the namespaces of CWMP begin with; 0 to 4 follows.</summary>
    public const string CwmpStem = "urn:dslforum-org:cwmp-1-";

    /// <summary>The namespace of CWMP 1.0, used where a message names none.</summary>
    public const string CwmpDefault = CwmpStem + "0";

    internal const string XmlNamespaces = "http://www.w3.org/2000/xmlns/";

    /// <summary>Whether <paramref name="uri"/> is cwmp-1-0 to cwmp-1-4.</summary>
    public static bool IsCwmp(string uri) =>
        uri.Length == CwmpStem.Length + 1
        && uri.StartsWith(CwmpStem, StringComparison.Ordinal)
        && uri[^1] is >= '0' and <= '4';
}
