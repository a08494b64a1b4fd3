using CwmpShield.Core.DataModel;
using CwmpShield.Core.DataModel.Values;
using CwmpShield.Core.Identity;
using CwmpShield.Core.Rules.Yaml;

namespace CwmpShield.Core.Rules;

/// <summary>Which devices a condition or an exception is about.</summary>
internal sealed class DeviceMatcher
{
    private string[] ouis = [];
    private string[] productClasses = [];
    private string[] serials = [];
    private string[] notSerials = [];
    private string[] groups = [];
    private string[] notGroups = [];
    private VersionRange? version;

    /// <summary>The keys as written.</summary>
    public string Source { get; private init; } = "";

    /// <summary>Takes the keys of a map.</summary>
    public static DeviceMatcher Compile(MapReader map)
    {
        var matcher = new DeviceMatcher
        {
            Source = YamlPrinter.Print(map.Node),
            ouis = Texts(map, "oui"),
            productClasses = Texts(map, "product-class"),
            serials = Texts(map, "serial"),
            notSerials = Texts(map, "not-serial"),
            groups = Texts(map, "group"),
            notGroups = Texts(map, "not-group"),
            version = map.Take("software-version") is { } range ? ReadVersions(range, map.Bag) : null,
        };
        map.Done();
        return matcher;
    }

    /// <summary>Whether it is one of them; unreadable when only its software version is not known.</summary>
    public Truth Matches(DeviceTraits traits)
    {
        var named = (ouis.Length == 0 || (traits.Device is { } a && Any(ouis, a.Oui, ignoreCase: true)))
            && (productClasses.Length == 0 || (traits.Device is { } b && Any(productClasses, b.ProductClass)))
            && (serials.Length == 0 || (traits.Device is { } c && Any(serials, c.SerialNumber)))
            && (notSerials.Length == 0 || traits.Device is not { } d || !Any(notSerials, d.SerialNumber))
            && (groups.Length == 0 || AnyOf(groups, traits.Groups))
            && (notGroups.Length == 0 || !AnyOf(notGroups, traits.Groups));
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

    private static string[] Texts(MapReader map, string key) => [.. map.Texts(key).Select(t => t.Value)];

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
