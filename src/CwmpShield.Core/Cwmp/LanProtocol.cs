namespace CwmpShield.Core.Cwmp;

/// <summary>The namespaces of TR-064 and UPnP, which manage a device from its own LAN and have no place between it and an ACS.</summary>
public static class LanProtocol
{
    private static readonly string[] Stems = ["urn:dslforum-org:service:", "urn:dslforum-org:device:", "urn:schemas-upnp-org:", "urn:schemas-any-com:service:"];

    /// <summary>Whether <paramref name="uri"/> names a service or device of TR-064 or UPnP, in any case: of the standards', or of a vendor's.</summary>
    public static bool IsNamespace(string uri) => IsNamespace(uri.AsSpan());

    /// <summary>Whether <paramref name="uri"/> names a service or device of TR-064 or UPnP, in any case: of the standards', or of a vendor's.</summary>
    public static bool IsNamespace(ReadOnlySpan<char> uri)
    {
        var trimmed = uri.Trim();
        foreach (var stem in Stems)
        {
            if (trimmed.StartsWith(stem, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return IsVendors(trimmed);
    }

    /// <summary><c>urn:NAMESPACE:service:…</c> or <c>urn:NAMESPACE:device:…</c>, as vendors name what they add to the home's protocols.</summary>
    private static bool IsVendors(ReadOnlySpan<char> uri)
    {
        const string scheme = "urn:";
        if (!uri.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var rest = uri[scheme.Length..];
        var colon = rest.IndexOf(':');
        return colon is > 0 and <= 64
            && (rest[colon..].StartsWith(":service:", StringComparison.OrdinalIgnoreCase) || rest[colon..].StartsWith(":device:", StringComparison.OrdinalIgnoreCase));
    }
}
