using System.Collections.Frozen;
using System.Runtime.CompilerServices;
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

        for (var i = 0; i < envelope.DeclaredNamespaces.Count; i++)
        {
            if (LanProtocol.IsNamespace(envelope.DeclaredNamespaces[i]))
            {
                return true;
            }
        }

        var inValues = direction == Direction.AcsToCpe;
        var clean = default(CleanHeads);
        for (var i = 0; i < envelope.Headers.Count; i++)
        {
            if (InElement(envelope.Headers[i], inValues, ref clean))
            {
                return true;
            }
        }

        return InElement(envelope.Body, inValues, ref clean);
    }

    private static bool InElement(SoapElement element, bool inValues, ref CleanHeads clean)
    {
        if (!clean.Contains(element.Head))
        {
            if (InHead(element.Head))
            {
                return true;
            }

            clean.Add(element.Head);
        }

        if (inValues && element.Nodes.Length == 0 && Tr064Text.Names(element.Text))
        {
            return true;
        }

        foreach (var child in element.Nodes)
        {
            if (InElement(child, inValues, ref clean))
            {
                return true;
            }
        }

        return false;
    }

    private static bool InHead(ElementHead head)
    {
        if (Tr064Text.IsActionName(head.LocalName) || IsArgument(head.LocalName) || IsNamespace(head.Namespace))
        {
            return true;
        }

        foreach (var attribute in head.Attributes)
        {
            if (IsNamespace(attribute.Namespace) || IsNamespace(attribute.ValueNamespace) || IsNamespace(attribute.Value)
                || Tr064Text.IsActionName(attribute.LocalName) || IsArgument(attribute.LocalName))
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

    /// <summary>The heads that were looked at last and have nothing: the elements of a list share theirs.</summary>
    [InlineArray(Slots)]
    private struct CleanHeads
    {
        private const int Slots = 8;

        private ElementHead? first;

        public readonly bool Contains(ElementHead head)
        {
            foreach (var known in this)
            {
                if (ReferenceEquals(known, head))
                {
                    return true;
                }
            }

            return false;
        }

        public void Add(ElementHead head)
        {
            for (var i = Slots - 1; i > 0; i--)
            {
                this[i] = this[i - 1];
            }

            this[0] = head;
        }
    }
}
