using System.Buffers;

namespace CwmpShield.Core.DataModel.Values;

/// <summary>
/// Finds the hosts that stand inside a text of any form (<c>dns=192.0.2.1</c>, <c>LAN1,192.0.2.1</c>, <c>PROXY a.example:3128</c>): addresses
/// that are no part of a longer word, hosts of URLs, and names with a port. Linear in the text.
/// </summary>
internal static class EndpointText
{
    private static readonly SearchValues<char> Gaps = SearchValues.Create(" \t\r\n\u00a0,;|=\"'<>(){}`\\^");
    private static readonly SearchValues<char> AfterHost = SearchValues.Create("/?#&");
    private static readonly SearchValues<char> WordBoundaries = SearchValues.Create("/[]@&?#!*+~%$");

    /// <summary>
    /// Adds what it finds; false when a URL's host cannot be read, an address is one that others read as octal, or there are more than
    /// <see cref="ValueReader.MaxElements"/>.
    /// </summary>
    public static bool TryRead(ReadOnlySpan<char> text, List<ValueElement> elements)
    {
        var readable = true;
        foreach (var range in text.SplitAny(Gaps))
        {
            var word = text[range].TrimEnd('.');
            readable &= TryUrls(word, elements, out var isUrl) && (isUrl || TryParts(word, elements));
            if (elements.Count > ValueReader.MaxElements)
            {
                return false;
            }
        }

        return readable;
    }

    /// <summary>Hosts of every URL in the word: what a device makes of the second of two that are run together nobody knows.</summary>
    private static bool TryUrls(ReadOnlySpan<char> word, List<ValueElement> elements, out bool isUrl)
    {
        isUrl = false;
        var readable = true;
        for (int from = 0, slashes; (slashes = word[from..].IndexOf("//")) >= 0 && elements.Count <= ValueReader.MaxElements; from++)
        {
            from += slashes;
            if (from == 0 || word[from - 1] == ':')
            {
                isUrl = true;

                // Clients skip a slash too many, where the scheme is not one of files.
                var isOfFiles = word[..from].EndsWith("file:", StringComparison.OrdinalIgnoreCase);
                var rest = isOfFiles ? word[(from + 2)..] : word[(from + 2)..].TrimStart('/');
                var end = rest.IndexOfAny(AfterHost);
                rest = end < 0 ? rest : rest[..end];
                readable &= rest.IsEmpty || AddHost(rest[(rest.LastIndexOf('@') + 1)..], elements);
            }
        }

        return readable;
    }

    /// <summary>Addresses, and names with a port, between the word's boundaries.</summary>
    private static bool TryParts(ReadOnlySpan<char> word, List<ValueElement> elements)
    {
        var readable = true;
        foreach (var range in word.SplitAny(WordBoundaries))
        {
            readable &= TryPart(word[range], elements);
            if (elements.Count > ValueReader.MaxElements)
            {
                return false;
            }
        }

        return readable;
    }

    /// <summary>A host alone, or behind a key and a colon.</summary>
    private static bool TryPart(ReadOnlySpan<char> part, List<ValueElement> elements)
    {
        if (AddAddress(part, elements))
        {
            return true;
        }

        var readable = true;
        var before = 0..0;
        foreach (var piece in part.Split(':'))
        {
            if (piece.Start.Value > 0)
            {
                AddNameWithPort(part[before.Start..piece.End], elements);
            }

            readable &= TryAddresses(part[piece], elements);
            before = piece;
        }

        return readable;
    }

    /// <summary><c>name.example:80</c>; names of one label are words of many meanings.</summary>
    private static void AddNameWithPort(ReadOnlySpan<char> text, List<ValueElement> elements)
    {
        if (HostValue.TryParse(text, out var host) && host.Port > 0 && host.Name.Contains('.', StringComparison.Ordinal))
        {
            elements.Add(new ValueElement(ValueKind.Host, Host: host));
        }
    }

    /// <summary>An address, or the two of a range.</summary>
    private static bool TryAddresses(ReadOnlySpan<char> text, List<ValueElement> elements)
    {
        var dash = text.IndexOf('-');
        if (dash > 0 && IpValue.TryParse(text[..dash], out _) && IpValue.TryParse(text[(dash + 1)..], out _))
        {
            return AddAddress(text[..dash], elements) & AddAddress(text[(dash + 1)..], elements);
        }

        return AddAddress(text, elements) || !Ipv4Text.IsReadTwoWays(text);
    }

    /// <summary>An address of IPv6 begins with three digits or more, or leaves groups out: <c>a::b</c>, serial numbers and times of day are none.</summary>
    private static bool AddAddress(ReadOnlySpan<char> part, List<ValueElement> elements)
    {
        const int shortest = 7;
        if (part.Length < shortest || !IpValue.TryParse(part, out var address) || (address.IsV6 && part.IndexOf(':') < 3 && part.IndexOf("::") < 0))
        {
            return false;
        }

        elements.Add(new ValueElement(ValueKind.Host, Host: new HostValue("", address, 0)));
        return true;
    }

    private static bool AddHost(ReadOnlySpan<char> text, List<ValueElement> elements)
    {
        if (!HostValue.TryParse(text, out var host))
        {
            return false;
        }

        elements.Add(new ValueElement(ValueKind.Host, Host: host));
        return true;
    }
}
