using CwmpShield.Core.DataModel.Values;

namespace CwmpShield.Core.Rules;

/// <summary>Sorts the items of a list by what they can be compared with.</summary>
internal sealed class ItemSetBuilder
{
    /// <summary>Texts, host names and URLs that are compared whole.</summary>
    public HashSet<string> Texts { get; } = new(StringComparer.Ordinal);

    /// <summary>Single addresses.</summary>
    public HashSet<IpValue> Addresses { get; } = [];

    /// <summary>Whole numbers.</summary>
    public HashSet<long> Numbers { get; } = [];

    /// <summary>Networks.</summary>
    public List<IpValue> Networks { get; } = [];

    /// <summary>Texts with <c>*</c>.</summary>
    public List<string> Globs { get; } = [];

    /// <summary>Ends of host names, with their dot.</summary>
    public List<string> Suffixes { get; } = [];

    /// <summary>Beginnings of URLs.</summary>
    public List<string> Prefixes { get; } = [];

    /// <summary>Sorts in one item; false when it is not of the type.</summary>
    public bool Add(ValueKind kind, string item) => kind switch
    {
        ValueKind.Ip or ValueKind.IpList => AddAddress(item) || IsName(item),
        _ when kind.NamesHosts() => IsUrl(item) ? AddHostOfUrl(item) : AddHost(item),
        ValueKind.Url => AddUrl(item),
        ValueKind.Number or ValueKind.Boolean => ValueReader.TryReadOne(kind, item, out var number) && (Numbers.Add(number.Number) || true),
        _ => AddText(item),
    };

    private bool AddAddress(string item)
    {
        if (!IpValue.TryParse(item, out var value))
        {
            return false;
        }

        if (value.PrefixLength == (value.IsV6 ? 128 : 32))
        {
            Addresses.Add(value);
        }
        else
        {
            Networks.Add(value);
        }

        return true;
    }

    /// <summary>One list may hold names and addresses; where addresses are compared, no address is a name.</summary>
    private static bool IsName(string item) => HostValue.TryName(item.StartsWith("*.", StringComparison.Ordinal) ? item.AsSpan(2) : item, out _);

    private bool AddHost(string item)
    {
        if (AddAddress(item))
        {
            return true;
        }

        var below = item.StartsWith("*.", StringComparison.Ordinal);
        if (!HostValue.TryName(below ? item.AsSpan(2) : item, out var name))
        {
            return false;
        }

        if (below)
        {
            Suffixes.Add("." + name);
        }
        else
        {
            Texts.Add(name);
        }

        return true;
    }

    private static bool IsUrl(string item) => item.Contains("://", StringComparison.Ordinal);

    /// <summary>Reads a URL, or what stands before the asterisk of one that ends in <c>/*</c>.</summary>
    private static bool TryUrl(string item, out UrlValue? url, out bool isPrefix)
    {
        isPrefix = item.EndsWith('*');
        return UrlValue.TryParse(isPrefix ? item[..^1] : item, out url) && (!isPrefix || item.EndsWith("/*", StringComparison.Ordinal));
    }

    /// <summary>A list of URLs names hosts, too.</summary>
    private bool AddHostOfUrl(string item)
    {
        if (!TryUrl(item, out var url, out _))
        {
            return false;
        }

        if (url!.Host.Address is { } address)
        {
            Addresses.Add(address);
        }
        else
        {
            Texts.Add(url.Host.Name);
        }

        return true;
    }

    private bool AddUrl(string item)
    {
        if (item.StartsWith("host:", StringComparison.Ordinal))
        {
            return AddHost(item[5..]);
        }

        if (!IsUrl(item))
        {
            return AddHost(item);
        }

        if (!TryUrl(item, out var url, out var isPrefix))
        {
            return false;
        }

        if (isPrefix)
        {
            Prefixes.Add(url!.Canonical);
        }
        else
        {
            Texts.Add(url!.Canonical);
        }

        return true;
    }

    private bool AddText(string item)
    {
        if (item.Contains('*', StringComparison.Ordinal))
        {
            Globs.Add(item);
        }
        else
        {
            Texts.Add(item);
        }

        return true;
    }
}
