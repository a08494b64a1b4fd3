namespace CwmpShield.Core.Wire;

/// <summary>What an encoding's name means to the reader.</summary>
internal enum EncodingName
{
    /// <summary>No name was given.</summary>
    None,

    /// <summary>A name that is not read at all.</summary>
    Unsupported,

    Utf8,
    Ascii,
    Latin1,

    /// <summary>UTF-16 of either byte order.</summary>
    Utf16,
    Utf16Little,
    Utf16Big,

    /// <summary>A superset of ASCII that is not read beyond ASCII (GB2312, ISO-8859-15, …); devices name them over plain ASCII.</summary>
    AsciiSuperset,
}

/// <summary>Reads the names of encodings out of a Content-Type header and an XML declaration.</summary>
internal static class EncodingNames
{
    /// <summary>The meaning of one name, in any case.</summary>
    public static EncodingName Parse(ReadOnlySpan<char> name)
    {
        Span<char> lower = stackalloc char[24];
        if (name.Length > lower.Length)
        {
            return EncodingName.Unsupported;
        }

        var length = name.ToLowerInvariant(lower);
        return lower[..length] switch
        {
            "utf-8" or "utf8" => EncodingName.Utf8,
            "us-ascii" or "ascii" => EncodingName.Ascii,
            "iso-8859-1" or "iso8859-1" or "iso_8859-1" or "latin1" or "latin-1" => EncodingName.Latin1,
            "utf-16" or "utf16" => EncodingName.Utf16,
            "utf-16le" => EncodingName.Utf16Little,
            "utf-16be" => EncodingName.Utf16Big,
            "iso-8859-2" or "iso-8859-15" or "windows-1250" or "windows-1251" or "windows-1252" or "cp1252"
                or "gb2312" or "gbk" or "gb18030" or "euc-kr" or "euc-jp" => EncodingName.AsciiSuperset,
            _ => EncodingName.Unsupported,
        };
    }

    /// <summary>The charset parameter of a Content-Type header; two that differ are <see cref="EncodingName.Unsupported"/>.</summary>
    public static EncodingName FromContentType(string? contentType)
    {
        var found = EncodingName.None;
        foreach (var range in contentType.AsSpan().Split(';'))
        {
            var parameter = contentType.AsSpan()[range].Trim();
            var equals = parameter.IndexOf('=');
            if (equals < 0 || !parameter[..equals].Trim().Equals("charset", StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            // A charset without a name says nothing; devices send "charset=".
            var given = parameter[(equals + 1)..].Trim().Trim("\"'");
            var named = given.IsEmpty ? found : Parse(given);
            if (found != EncodingName.None && found != named)
            {
                return EncodingName.Unsupported;
            }

            found = named;
        }

        return found;
    }
}
