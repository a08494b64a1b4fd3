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

    /// <summary>Adds what it finds; false when a URL's host cannot be read, or there are more than <see cref="ValueReader.MaxElements"/>.</summary>
    public static bool TryRead(ReadOnlySpan<char> text, List<ValueElement> elements)
    {
        var readable = true;
        foreach (var range in text.SplitAny(Gaps))
        {
            var word = text[range].TrimEnd('.');
            if (word.IsEmpty)
            {
                continue;
            }

            if (elements.Count >= ValueReader.MaxElements)
            {
                return false;
            }

            readable &= AddUrlHost(word, elements, out var isUrl);
            if (!isUrl && !AddNameWithPort(word, elements))
            {
                AddAddresses(word, elements);
            }
        }

        return readable;
    }

    private static bool AddUrlHost(ReadOnlySpan<char> word, List<ValueElement> elements, out bool isUrl)
    {
        var slashes = word.IndexOf("//");
        isUrl = slashes == 0 || (slashes > 0 && word[slashes - 1] == ':');
        if (!isUrl)
        {
            return true;
        }

        var rest = word[(slashes + 2)..];
        var end = rest.IndexOfAny(AfterHost);
        rest = end < 0 ? rest : rest[..end];
        return rest.IsEmpty || Add(rest[(rest.LastIndexOf('@') + 1)..], elements);
    }

    /// <summary><c>name.example:80</c>, with a path or without; names of one label are words of many meanings.</summary>
    private static bool AddNameWithPort(ReadOnlySpan<char> word, List<ValueElement> elements)
    {
        var end = word.IndexOfAny(AfterHost);
        var head = end < 0 ? word : word[..end];
        return HostValue.TryParse(head, out var host) && host.Port > 0 && (host.Address is not null || host.Name.Contains('.', StringComparison.Ordinal)) && Add(head, elements);
    }

    /// <summary>Addresses between the word's boundaries, alone or after a key and a colon.</summary>
    private static void AddAddresses(ReadOnlySpan<char> word, List<ValueElement> elements)
    {
        foreach (var range in word.SplitAny(WordBoundaries))
        {
            var part = word[range];
            if (AddAddress(part, elements))
            {
                continue;
            }

            foreach (var piece in part.Split(':'))
            {
                AddAddress(part[piece], elements);
            }
        }
    }

    /// <summary>An address of IPv6 begins with three digits or more, or is mapped: <c>a::b</c> and times of day are none.</summary>
    private static bool AddAddress(ReadOnlySpan<char> part, List<ValueElement> elements)
    {
        if (part.Length < 7 || elements.Count >= ValueReader.MaxElements || !IpValue.TryParse(part, out var address) || (address.IsV6 && part.IndexOf(':') < 3))
        {
            return false;
        }

        elements.Add(new ValueElement(ValueKind.Host, Host: new HostValue("", address, 0)));
        return true;
    }

    private static bool Add(ReadOnlySpan<char> text, List<ValueElement> elements)
    {
        if (!HostValue.TryParse(text, out var host))
        {
            return false;
        }

        elements.Add(new ValueElement(ValueKind.Host, Host: host));
        return true;
    }
}
