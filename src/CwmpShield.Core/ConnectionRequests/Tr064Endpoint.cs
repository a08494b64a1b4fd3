using CwmpShield.Core.DataModel.Values;

namespace CwmpShield.Core.ConnectionRequests;

/// <summary>Whether a URL is a TR-064 or UPnP endpoint by its port, or by a segment of its path however it is written.</summary>
public static class Tr064Endpoint
{
    /// <summary>Whether <paramref name="url"/> is one.</summary>
    public static bool Is(UrlValue url, EndpointPolicy policy)
    {
        foreach (var range in policy.Tr064Ports)
        {
            if (range.Contains(url.Host.Port))
            {
                return true;
            }
        }

        return HasSegment(url.Path, policy) || HasSegment(url.Query, policy);
    }

    /// <summary>Whether a request target (path and query) is one.</summary>
    public static bool Is(string target, EndpointPolicy policy) => HasSegment(target, policy);

    private static bool HasSegment(string text, EndpointPolicy policy)
    {
        // Twice: some servers decode what a proxy has decoded already.
        var plain = Uri.UnescapeDataString(Uri.UnescapeDataString(text));
        foreach (var segment in plain.Split('/', '\\', ';', '?', '&', '='))
        {
            foreach (var path in policy.Tr064Paths)
            {
                var word = path.AsSpan().Trim('/');
                if (word.Length > 0
                    && (path.EndsWith('/') ? segment.AsSpan().Equals(word, StringComparison.OrdinalIgnoreCase) : segment.AsSpan().StartsWith(word, StringComparison.OrdinalIgnoreCase)))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
