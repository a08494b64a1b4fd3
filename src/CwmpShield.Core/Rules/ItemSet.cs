using System.Collections.Frozen;
using CwmpShield.Core.DataModel;
using CwmpShield.Core.DataModel.Values;
using CwmpShield.Core.Rules.Yaml;

namespace CwmpShield.Core.Rules;

/// <summary>The items of a list, compiled for the type of the values that are looked up in it.</summary>
internal sealed class ItemSet
{
    private readonly FrozenSet<string> texts;
    private readonly FrozenSet<IpValue> addresses;
    private readonly FrozenSet<long> numbers;
    private readonly IpValue[] networks;
    private readonly string[] globs;
    private readonly string[] suffixes;
    private readonly string[] prefixes;

    private ItemSet(ItemSetBuilder items)
    {
        texts = items.Texts.ToFrozenSet(StringComparer.Ordinal);
        addresses = items.Addresses.ToFrozenSet();
        numbers = items.Numbers.ToFrozenSet();
        networks = [.. items.Networks];
        globs = [.. items.Globs];
        suffixes = [.. items.Suffixes];
        prefixes = [.. items.Prefixes];
    }

    /// <summary>Whether nothing is in it.</summary>
    public bool IsEmpty => texts.Count + addresses.Count + numbers.Count + networks.Length + globs.Length + suffixes.Length + prefixes.Length == 0;

    /// <summary>Compiles items; those that are not of the type are reported.</summary>
    public static ItemSet Compile(ValueKind kind, IEnumerable<YamlText> items, DiagnosticBag bag)
    {
        var builder = new ItemSetBuilder();
        foreach (var item in items)
        {
            if (!builder.Add(kind, item.Value.Trim()))
            {
                bag.Add(item, DiagnosticCode.BadListItem, $"\"{item.Value}\" is not {Name(kind)}");
            }
        }

        return new ItemSet(builder);
    }

    /// <summary>Whether the element is in it.</summary>
    public bool Contains(in ValueElement element) => element.Kind switch
    {
        ValueKind.Ip => ContainsAddress(element.Ip),
        ValueKind.Host => ContainsHost(element.Host),
        ValueKind.Url => element.Url is { } url && ContainsUrl(url),
        ValueKind.Number or ValueKind.Boolean => numbers.Contains(element.Number),
        _ => ContainsText(element.Text),
    };

    /// <summary>Whether a host, by name or by address, is in it.</summary>
    public bool ContainsHost(in HostValue host)
    {
        if (host.Address is { } address)
        {
            return ContainsAddress(address);
        }

        if (texts.Contains(host.Name))
        {
            return true;
        }

        foreach (var suffix in suffixes)
        {
            if (host.Name.EndsWith(suffix, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether an address or a network lies in it.</summary>
    public bool ContainsAddress(in IpValue address)
    {
        if (addresses.Contains(address))
        {
            return true;
        }

        foreach (var network in networks)
        {
            if (network.Contains(address))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a text is in it.</summary>
    public bool ContainsText(string text)
    {
        if (texts.Contains(text))
        {
            return true;
        }

        foreach (var glob in globs)
        {
            if (StepGlob.Matches(glob, text))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A URL with user or password is in no list.</summary>
    private bool ContainsUrl(UrlValue url)
    {
        if (url.HasUserInfo)
        {
            return false;
        }

        if (texts.Contains(url.Canonical))
        {
            return true;
        }

        foreach (var prefix in prefixes)
        {
            if (url.Canonical.StartsWith(prefix, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return ContainsHost(url.Host);
    }

    private static string Name(ValueKind kind) => kind switch
    {
        ValueKind.Ip or ValueKind.IpList => "an address or network",
        _ when kind.NamesHosts() => "a host name, *.name, address or network",
        ValueKind.Url => "a URL, a URL that ends in /*, or a host",
        ValueKind.Number => "a whole number",
        _ => "a text",
    };
}
