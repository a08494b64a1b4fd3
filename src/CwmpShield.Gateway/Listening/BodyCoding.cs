namespace CwmpShield.Gateway.Listening;

/// <summary>How a body is encoded (RFC 9110, 8.4). One coding at most: stacked ones only serve to hide.</summary>
internal enum BodyCoding
{
    /// <summary>Another coding than those below, or several.</summary>
    Unsupported = 0,

    /// <summary>As it is.</summary>
    Identity,

    /// <summary>gzip (RFC 1952).</summary>
    Gzip,

    /// <summary>deflate: zlib (RFC 1950), or the bare RFC 1951 stream that some senders mean by it.</summary>
    Deflate,
}

/// <summary>Reads the Content-Encoding header.</summary>
internal static class BodyCodings
{
    /// <summary>The coding that <paramref name="contentEncoding"/> names; absent or empty is identity.</summary>
    public static BodyCoding Parse(string? contentEncoding) => contentEncoding?.Trim().ToUpperInvariant() switch
    {
        null or "" or "IDENTITY" => BodyCoding.Identity,
        "GZIP" or "X-GZIP" => BodyCoding.Gzip,
        "DEFLATE" => BodyCoding.Deflate,
        _ => BodyCoding.Unsupported,
    };
}
