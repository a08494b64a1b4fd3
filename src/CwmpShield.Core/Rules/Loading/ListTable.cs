using System.Collections.Immutable;
using CwmpShield.Core.Rules.Yaml;

namespace CwmpShield.Core.Rules.Loading;

/// <summary>The lists of a rule set by name; lists may contain lists.</summary>
internal sealed class ListTable(DiagnosticBag bag)
{
    /// <summary>Lists that site.yaml is for; one that it does not give is empty.</summary>
    public static readonly IReadOnlyList<string> SiteLists =
    [
        "resolvers", "ntp-servers", "acs-urls", "artefact-hosts", "upload-sinks", "telemetry-sinks", "management-networks", "provider-networks",
        "sip-registrars", "allowed-vendor-rpcs", "stun-servers", "xmpp-servers", "connection-request-users", "vpn-endpoints", "routes", "proxies",
        "diagnostic-targets",
    ];

    private readonly Dictionary<string, Entry> lists = new(StringComparer.Ordinal);

    /// <summary>Names of all lists, with their places, that no rule has asked for.</summary>
    public IEnumerable<(string Name, YamlNode At)> Unused =>
        lists.Where(l => l.Value is { Used: false, FromSite: false }).Select(l => (l.Key, (YamlNode)l.Value.At));

    /// <summary>Every list with its items as written.</summary>
    public IReadOnlyDictionary<string, ImmutableArray<string>> All =>
        lists.ToDictionary(l => l.Key, l => l.Value.Items.Select(i => i.Value).ToImmutableArray(), StringComparer.Ordinal);

    /// <summary>Defines a list. What the site says takes the place of what a pack says.</summary>
    public void Define(YamlText name, IReadOnlyList<YamlText> items, bool fromSite)
    {
        if (!Words.IsKebab(name.Value))
        {
            bag.Add(name, DiagnosticCode.BadName, $"list name \"{name.Value}\" is not kebab-case");
            return;
        }

        if (lists.TryGetValue(name.Value, out var other) && other.FromSite == fromSite)
        {
            bag.Add(name, DiagnosticCode.DefinedTwice, $"list \"{name.Value}\" is defined twice", $"first in {other.At.File}:{other.At.Line}");
        }
        else if (other is null || fromSite)
        {
            lists[name.Value] = new Entry(name, items, fromSite);
        }
    }

    /// <summary>The items under a node: one, several, and <c>$name</c> for those of a list. Null, with a problem, when a list is missing.</summary>
    public IReadOnlyList<YamlText>? Resolve(YamlNode node, string key)
    {
        List<YamlText> items = [];
        var complete = Expand(MapReader.TextsOf(node, key, bag), items, []);
        return complete ? items : null;
    }

    /// <summary>Items of the list <paramref name="name"/> where it exists, else none.</summary>
    public IReadOnlyList<YamlText> ItemsOf(string name)
    {
        List<YamlText> items = [];
        if (lists.TryGetValue(name, out var entry))
        {
            entry.Used = true;
            Expand(entry.Items, items, [name]);
        }

        return items;
    }

    /// <summary>Checks every list for members that are missing or that contain each other.</summary>
    public void Check()
    {
        foreach (var (name, entry) in lists)
        {
            if (!entry.Used)
            {
                Expand(entry.Items, [], [name]);
            }
        }
    }

    private bool Expand(IReadOnlyList<YamlText> from, List<YamlText> into, List<string> path)
    {
        var complete = true;
        foreach (var item in from)
        {
            if (!item.Value.StartsWith('$'))
            {
                into.Add(item);
                continue;
            }

            var name = item.Value[1..];
            if (path.Contains(name, StringComparer.Ordinal))
            {
                bag.Add(item, DiagnosticCode.Cycle, $"list \"{name}\" contains itself", string.Join(" -> ", path.Append(name)));
                complete = false;
            }
            else if (lists.TryGetValue(name, out var entry))
            {
                entry.Used = true;
                path.Add(name);
                complete &= Expand(entry.Items, into, path);
                path.RemoveAt(path.Count - 1);
            }
            else if (!SiteLists.Contains(name, StringComparer.Ordinal))
            {
                bag.Add(item, DiagnosticCode.UnknownList, $"list \"{name}\" is not defined", Words.DidYouMean(name, lists.Keys.Concat(SiteLists)));
                complete = false;
            }
        }

        return complete;
    }

    private sealed class Entry(YamlText at, IReadOnlyList<YamlText> items, bool fromSite)
    {
        public YamlText At { get; } = at;

        public IReadOnlyList<YamlText> Items { get; } = items;

        public bool FromSite { get; } = fromSite;

        public bool Used { get; set; }
    }
}
