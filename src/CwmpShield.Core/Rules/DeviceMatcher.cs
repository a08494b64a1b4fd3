using CwmpShield.Core.DataModel;
using CwmpShield.Core.DataModel.Values;
using CwmpShield.Core.Identity;
using CwmpShield.Core.Rules.Loading;
using CwmpShield.Core.Rules.Yaml;

namespace CwmpShield.Core.Rules;

/// <summary>Which devices a condition or an exception is about.</summary>
internal sealed class DeviceMatcher
{
    private string[]? ouis;
    private string[]? productClasses;
    private string[]? serials;
    private string[]? notSerials;
    private string[]? groups;
    private string[]? notGroups;
    private DeviceStatus[]? statuses;
    private VersionRange? version;

    /// <summary>The keys as written.</summary>
    public string Source { get; private init; } = "";

    /// <summary>Takes the keys of a map. A key whose list is empty matches no device.</summary>
    public static DeviceMatcher Compile(MapReader map, CompileScope scope)
    {
        var matcher = new DeviceMatcher
        {
            Source = YamlPrinter.Print(map.Node),
            ouis = Texts(map, "oui", scope),
            productClasses = Texts(map, "product-class", scope),
            serials = Texts(map, "serial", scope),
            notSerials = Texts(map, "not-serial", scope),
            groups = Texts(map, "group", scope),
            notGroups = Texts(map, "not-group", scope),
            statuses = Statuses(map, scope),
            version = map.Take("software-version") is { } range ? ReadVersions(range, map.Bag) : null,
        };
        map.Done();
        return matcher;
    }

    /// <summary>Whether it is one of them; unreadable when only its software version is not known.</summary>
    public Truth Matches(DeviceTraits traits)
    {
        var named = (ouis is null || (traits.Device is { } a && Any(ouis, a.Oui, ignoreCase: true)))
            && (productClasses is null || (traits.Device is { } b && Any(productClasses, b.ProductClass)))
            && (serials is null || (traits.Device is { } c && Any(serials, c.SerialNumber)))
            && (notSerials is null || traits.Device is not { } d || !Any(notSerials, d.SerialNumber))
            && (groups is null || AnyOf(groups, traits.Groups))
            && (notGroups is null || !AnyOf(notGroups, traits.Groups))
            && (statuses is null || (traits.Status is { } status && statuses.AsSpan().Contains(status)));
        return !named ? Truth.No
            : version is null ? Truth.Yes
            : traits.SoftwareVersion.Length == 0 ? Truth.Unreadable
            : version.Contains(traits.SoftwareVersion).ToTruth();
    }

    private static VersionRange? ReadVersions(YamlNode node, DiagnosticBag bag)
    {
        if (VersionRange.TryParse(node is YamlText { IsNull: false } text ? text.Value : "", out var range))
        {
            return range;
        }

        bag.Add(node, DiagnosticCode.BadVersionRange, "a version range must be bounds such as \">=1.2 <2.0\"", "no space between the sign and the version");
        return null;
    }

    private static string[]? Texts(MapReader map, string key, CompileScope scope) =>
        map.Take(key) is { } node && scope.Lists.Resolve(node, key) is { } items ? [.. items.Select(t => t.Value)] : null;

    private static DeviceStatus[]? Statuses(MapReader map, CompileScope scope) =>
        map.Take("status") is { } node && scope.Lists.Resolve(node, "status") is { } items
            ? [.. items.Where(t => map.WordOf(t, "status", StatusName.All) is not null).Select(t => StatusName.Read(t.Value))]
            : null;

    private static bool Any(string[] globs, string text, bool ignoreCase = false)
    {
        foreach (var glob in globs)
        {
            if (StepGlob.Matches(glob, text, ignoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static bool AnyOf(string[] globs, IReadOnlyList<string> texts)
    {
        foreach (var text in texts)
        {
            if (Any(globs, text))
            {
                return true;
            }
        }

        return false;
    }
}
