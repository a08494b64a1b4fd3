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

    private ItemSet(Builder items)
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
        var builder = new Builder();
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
        ValueKind.Host or ValueKind.HostList => "a host name, *.name, address or network",
        ValueKind.Url => "a URL, a URL that ends in /*, or a host",
        ValueKind.Number => "a whole number",
        _ => "a text",
    };

    private sealed class Builder
    {
        public HashSet<string> Texts { get; } = new(StringComparer.Ordinal);

        public HashSet<IpValue> Addresses { get; } = [];

        public HashSet<long> Numbers { get; } = [];

        public List<IpValue> Networks { get; } = [];

        public List<string> Globs { get; } = [];

        public List<string> Suffixes { get; } = [];

        public List<string> Prefixes { get; } = [];

        public bool Add(ValueKind kind, string item) => kind switch
        {
            ValueKind.Ip or ValueKind.IpList => AddAddress(item) || IsName(item),
            ValueKind.Host or ValueKind.HostList => AddHost(item),
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

        private bool AddUrl(string item)
        {
            if (item.StartsWith("host:", StringComparison.Ordinal))
            {
                return AddHost(item[5..]);
            }

            if (!item.Contains("://", StringComparison.Ordinal))
            {
                return AddHost(item);
            }

            var prefix = item.EndsWith('*');
            if (!UrlValue.TryParse(prefix ? item[..^1] : item, out var url) || (prefix && !item.EndsWith("/*", StringComparison.Ordinal)))
            {
                return false;
            }

            if (prefix)
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
}
