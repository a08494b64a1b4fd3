namespace CwmpShield.Core.Cwmp;

/// <summary>The namespaces of TR-064 and UPnP, which manage a device from its own LAN and have no place between it and an ACS.</summary>
public static class LanProtocol
{
    private static readonly string[] Stems = ["urn:dslforum-org:service:", "urn:dslforum-org:device:", "urn:schemas-upnp-org:", "urn:schemas-any-com:service:"];

    /// <summary>Whether <paramref name="uri"/> names a service or device of TR-064 or UPnP, in any case.</summary>
    public static bool IsNamespace(string uri)
    {
        var trimmed = uri.AsSpan().Trim();
        foreach (var stem in Stems)
        {
            if (trimmed.StartsWith(stem, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
