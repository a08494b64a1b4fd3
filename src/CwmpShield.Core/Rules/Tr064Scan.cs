using System.Collections.Frozen;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Wire;

namespace CwmpShield.Core.Rules;

/// <summary>
/// Finds TR-064 and UPnP between a device and its ACS: as element, attribute, namespace, SOAPAction or endpoint in either direction;
/// in values only towards the device, because a device's own UPnP tables name such services legitimately.
/// </summary>
internal static class Tr064Scan
{
    private static readonly FrozenSet<string> Endpoints =
        new[] { "ud", "ctrlt", "upnp", "tr064", "igdupnp", "upnphost", "igd2upnp" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether the message speaks TR-064 or UPnP.</summary>
    public static bool Finds(SoapEnvelope envelope, Direction direction, string? soapAction, string path)
    {
        if ((soapAction is not null && Tr064Text.IsAction(soapAction)) || IsEndpoint(path))
        {
            return true;
        }

        foreach (var uri in envelope.DeclaredNamespaces)
        {
            if (LanProtocol.IsNamespace(uri))
            {
                return true;
            }
        }

        var inValues = direction == Direction.AcsToCpe;
        foreach (var header in envelope.Headers)
        {
            if (InElement(header, inValues))
            {
                return true;
            }
        }

        return InElement(envelope.Body, inValues);
    }

    private static bool InElement(SoapElement element, bool inValues)
    {
        if (Tr064Text.IsActionName(element.LocalName) || IsArgument(element.LocalName) || IsNamespace(element.Namespace)
            || (inValues && element.Children.Count == 0 && Tr064Text.Names(element.Text)))
        {
            return true;
        }

        foreach (var attribute in element.AttributeNodes)
        {
            if (IsNamespace(attribute.Namespace) || IsNamespace(attribute.ValueNamespace) || IsNamespace(attribute.Value)
                || Tr064Text.IsActionName(attribute.LocalName) || IsArgument(attribute.LocalName))
            {
                return true;
            }
        }

        foreach (var child in element.Nodes)
        {
            if (InElement(child, inValues))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Every namespace of theirs is longer than this; types and flags are not.</summary>
    private static bool IsNamespace(string text) => text.Length > 20 && LanProtocol.IsNamespace(text);

    /// <summary>Arguments of TR-064 and UPnP begin with <c>New</c>; nothing in CWMP's schema does.</summary>
    private static bool IsArgument(string localName) =>
        localName.Length > 3 && localName.StartsWith("New", StringComparison.Ordinal) && char.IsAsciiLetterUpper(localName[3]);

    private static bool IsEndpoint(string path)
    {
        foreach (var segment in Uri.UnescapeDataString(path).Split('/', '\\', '?'))
        {
            if (Endpoints.Contains(segment))
            {
                return true;
            }
        }

        return false;
    }
}
