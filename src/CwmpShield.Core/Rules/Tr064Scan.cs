using System.Buffers;
using System.Collections.Frozen;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Wire;

namespace CwmpShield.Core.Rules;

/// <summary>
/// Finds TR-064 and UPnP between a device and its ACS: as element, attribute, namespace, SOAPAction or endpoint in either direction;
/// in values only towards the device, because a device's own UPnP tables name such services legitimately.
/// </summary>
public static class Tr064Scan
{
    /// <summary>Actions that no method, member or structure of CWMP shares its name with.</summary>
    private static readonly FrozenSet<string> Actions = new[]
    {
        "SetNTPServers", "GetSecurityKeys", "SetSecurityKeys", "DeviceUpgrade", "SetConfigPassword", "GetConfigFile", "SetConfigFile", "FactoryResetDevice",
        "AddPortMapping", "AddAnyPortMapping", "DeletePortMapping", "GetGenericPortMappingEntry", "GetSpecificPortMappingEntry", "AddPinhole",
        "SetConnectionType", "ForceTermination", "RequestConnection", "GetExternalIPAddress", "SetDNSServer", "SetDNSServers", "DeleteDNSServer",
        "SetManagementServerURL", "SetManagementServerUsername", "SetManagementServerPassword", "SetUserName", "SetPassword", "SetSSID",
        "SetDefaultConnectionService", "AddForwardingEntry", "SetIPRouter", "X_AVM-DE_SetConfigFile", "X_GenerateUUID",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> Endpoints =
        new[] { "ud", "ctrlt", "upnp", "tr064", "igdupnp", "upnphost", "igd2upnp" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly SearchValues<char> Signs = SearchValues.Create("/<:#");

    private static readonly SearchValues<string> Marks = SearchValues.Create(
        ["urn:dslforum-org:service:", "urn:dslforum-org:device:", "urn:schemas-upnp-org:", "urn:schemas-any-com:service:", "/ud/act", "/ctrlt/", "/igdupnp/", "/tr064/"],
        StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the message speaks TR-064 or UPnP.</summary>
    public static bool Finds(SoapEnvelope envelope, Direction direction, string? soapAction, string path)
    {
        if ((soapAction is not null && InAction(soapAction)) || IsEndpoint(path))
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

    /// <summary>Whether a text names a TR-064 or UPnP service, action or endpoint, percent-encoded or not.</summary>
    internal static bool InText(string text)
    {
        if (text.Length < 6)
        {
            return false;
        }

        var plain = text.Contains('%', StringComparison.Ordinal) ? Unescape(text) : text;
        // Every mark has a slash or a colon, and an action is named behind one of these: most values have none of them.
        return plain.AsSpan().ContainsAny(Signs) && (plain.AsSpan().ContainsAny(Marks) || NamesAction(plain));
    }

    private static bool InElement(SoapElement element, bool inValues)
    {
        if (Actions.Contains(element.LocalName) || IsArgument(element.LocalName) || IsNamespace(element.Namespace)
            || (inValues && element.Children.Count == 0 && InText(element.Text)))
        {
            return true;
        }

        for (var i = 0; i < element.Attributes.Count; i++)
        {
            var attribute = element.Attributes[i];
            if (IsNamespace(attribute.Namespace) || IsNamespace(attribute.ValueNamespace) || IsNamespace(attribute.Value)
                || Actions.Contains(attribute.LocalName) || IsArgument(attribute.LocalName))
            {
                return true;
            }
        }

        for (var i = 0; i < element.Children.Count; i++)
        {
            if (InElement(element.Children[i], inValues))
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

    /// <summary>Whether bytes that are no message name a TR-064 or UPnP service, in any encoding that keeps ASCII, or in UTF-16.</summary>
    public static bool InBytes(ReadOnlySpan<byte> body)
    {
        // As much as a probe needs; what is longer is read as text piece by piece, and no mark is longer than the overlap.
        const int piece = 4096;
        const int overlap = 64;
        Span<char> text = stackalloc char[piece];
        for (var at = 0; at < body.Length; at += piece - overlap)
        {
            var part = body.Slice(at, Math.Min(piece, body.Length - at));
            var length = 0;
            foreach (var octet in part)
            {
                if (octet != 0)
                {
                    text[length++] = (char)octet;
                }
            }

            if (text[..length].ContainsAny(Marks))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether SOAPAction names a TR-064 or UPnP service or action.</summary>
    public static bool InAction(string soapAction)
    {
        var plain = Unescape(soapAction);
        return InText(plain) || Actions.Contains(plain.AsSpan().Trim().Trim('"').ToString());
    }

    private static bool IsEndpoint(string path)
    {
        foreach (var segment in Unescape(path).Split('/', '\\', '?'))
        {
            if (Endpoints.Contains(segment))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether an action's name follows a colon, a number sign or an opening bracket, as a call of it would be written.</summary>
    private static bool NamesAction(string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] is not ('<' or ':' or '#'))
            {
                continue;
            }

            var end = at + 1;
            while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] is '_' or '-'))
            {
                end++;
            }

            if (end - at > 5 && Actions.GetAlternateLookup<ReadOnlySpan<char>>().Contains(text.AsSpan(at + 1, end - at - 1)))
            {
                return true;
            }
        }

        return false;
    }

    private static string Unescape(string text) => text.Contains('%', StringComparison.Ordinal) ? Uri.UnescapeDataString(text) : text;
}
