using CwmpShield.Core.DataModel.Values;
using CwmpShield.Core.Rules.Yaml;

namespace CwmpShield.Core.Rules.Loading;

/// <summary>Compiles the keys of a <see cref="ValueTest"/>.</summary>
internal static class ValueTestCompiler
{
    private static readonly Dictionary<string, ValueKind> Kinds = new(StringComparer.Ordinal)
    {
        ["text"] = ValueKind.Text,
        ["ip"] = ValueKind.Ip,
        ["ip-list"] = ValueKind.IpList,
        ["host"] = ValueKind.Host,
        ["host-list"] = ValueKind.HostList,
        ["endpoints"] = ValueKind.Endpoints,
        ["sip-uri"] = ValueKind.SipUri,
        ["url"] = ValueKind.Url,
        ["boolean"] = ValueKind.Boolean,
        ["integer"] = ValueKind.Number,
        ["hex"] = ValueKind.Hex,
        ["base64"] = ValueKind.Base64,
        ["dhcp-option"] = ValueKind.DhcpOption,
    };

    /// <summary>Names of the types.</summary>
    public static IReadOnlyCollection<string> KindNames => Kinds.Keys;

    /// <summary>Reads <c>as</c>.</summary>
    public static ValueKind ReadKind(MapReader map) =>
        map.Word("as", [.. Kinds.Keys]) is { } word ? Kinds[word] : ValueKind.Text;

    /// <summary>Compiles every predicate of <paramref name="map"/>.</summary>
    /// <param name="map">The map of keys.</param>
    /// <param name="kind">Type of the whole value.</param>
    /// <param name="itemKind">Type of its elements, to which list items are read.</param>
    /// <param name="scope">Lists and problems.</param>
    public static ValueTest Compile(MapReader map, ValueKind kind, ValueKind itemKind, CompileScope scope)
    {
        var networks = itemKind.NamesHosts() || itemKind is ValueKind.Ip or ValueKind.IpList or ValueKind.Url;
        Require(map, itemKind == ValueKind.Number, "less-than", "greater-than");
        Require(map, itemKind == ValueKind.Boolean, "is");
        Require(map, networks, "within", "not-within");
        Require(map, itemKind is ValueKind.Url, "host-in", "host-not-in");
        Require(map, kind is not ValueKind.Text, "unreadable");
        Require(map, kind is not ValueKind.Boolean, "in", "not-in");
        return new ValueTest
        {
            Kind = kind,
            Source = YamlPrinter.Print(map.Node),
            In = Items(map, "in", itemKind, scope, false),
            NotIn = Items(map, "not-in", itemKind, scope, true),
            Within = Items(map, "within", ValueKind.Ip, scope, false),
            NotWithin = Items(map, "not-within", ValueKind.Ip, scope, true),
            HostIn = Items(map, "host-in", ValueKind.Host, scope, false),
            HostNotIn = Items(map, "host-not-in", ValueKind.Host, scope, true),
            Is = map.Flag("is"),
            LessThan = map.Number("less-than", long.MinValue, long.MaxValue),
            GreaterThan = map.Number("greater-than", long.MinValue, long.MaxValue),
            Matches = map.Take("matches") is { } matches ? RegexCompiler.Compile(matches, scope.Bag) : null,
            NotMatches = map.Take("not-matches") is { } notMatches ? RegexCompiler.Compile(notMatches, scope.Bag) : null,
            LongerThan = map.Number("longer-than", 0, int.MaxValue),
            ShorterThan = map.Number("shorter-than", 0, int.MaxValue),
            Empty = map.Flag("empty"),
            Shell = map.Flag("contains-shell-metacharacters"),
            Control = map.Flag("contains-control-characters"),
            Markup = map.Flag("contains-markup"),
            Unreadable = map.Flag("unreadable"),
        };
    }

    private static ItemSet? Items(MapReader map, string key, ValueKind kind, CompileScope scope, bool refusesWhenEmpty) =>
        map.Take(key) is { } node ? scope.Items(node, key, kind, refusesWhenEmpty) : null;

    private static void Require(MapReader map, bool fits, params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys)
        {
            if (!fits && map.Take(key) is { } node)
            {
                map.Bag.Add(node, DiagnosticCode.PredicateDoesNotFit, $"\"{key}\" does not fit the type that \"as\" gives");
            }
        }
    }
}
