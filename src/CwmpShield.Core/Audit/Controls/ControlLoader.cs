using System.Collections.Frozen;
using System.Security.Cryptography;
using CwmpShield.Core.Rules;
using CwmpShield.Core.Rules.Loading;
using CwmpShield.Core.Rules.Yaml;

namespace CwmpShield.Core.Audit.Controls;

/// <summary>Reads the mappings of controls: strictly, and with the place of everything that is wrong.</summary>
public static class ControlLoader
{
    private const int MaxFiles = 64;
    private const int MaxText = 2000;
    private static readonly FrozenDictionary<string, ControlCoverage> Coverages = new Dictionary<string, ControlCoverage>(StringComparer.Ordinal)
    {
        ["evidence"] = ControlCoverage.Evidence,
        ["partial"] = ControlCoverage.Partial,
        ["none"] = ControlCoverage.None,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Every scheme of a folder, by file name.</summary>
    public static ControlLoad Load(string folder)
    {
        var bag = new DiagnosticBag();
        var schemes = new List<ControlScheme>();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var paths = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.yaml").Order(StringComparer.Ordinal).ToList() : [];
        if (paths.Count is 0 or > MaxFiles)
        {
            bag.Add(folder, 0, 0, DiagnosticCode.Unreadable, $"a folder with 1 to {MaxFiles} mappings (*.yaml) was expected here", "rules/controls holds those that ship");
        }

        foreach (var path in paths.Take(MaxFiles))
        {
            if (RuleFiles.ReadOne(path, Path.GetFileName(path), RuleFileKind.Pack, bag) is { } file)
            {
                hash.AppendData(System.Text.Encoding.UTF8.GetBytes(file.Text));
                if (Scheme(file.Name, file.Text, bag) is { } scheme)
                {
                    schemes.Add(scheme);
                }
            }
        }

        return new ControlLoad(bag.HasErrors ? [] : schemes, bag.Items, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    /// <summary>The scheme of one file's text.</summary>
    public static ControlLoad LoadText(string name, string text)
    {
        var bag = new DiagnosticBag();
        var scheme = Scheme(name, text, bag);
        return new ControlLoad(bag.HasErrors || scheme is null ? [] : [scheme], bag.Items, Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text))));
    }

    private static ControlScheme? Scheme(string name, string text, DiagnosticBag bag)
    {
        if (YamlReader.Read(name, text, bag) is not { } root || MapReader.Over(root, bag, "a mapping of controls") is not { } map)
        {
            return null;
        }

        if (map.Number("controls-version", 1, 1) is null && !map.Has("controls-version"))
        {
            bag.Add(root, DiagnosticCode.MissingKey, "a mapping of controls needs the key \"controls-version\"", "controls-version: 1");
        }

        var id = Short(map, "scheme", "a mapping of controls");
        var title = Short(map, "title", "a mapping of controls");
        var scope = Short(map, "scope", "a mapping of controls");
        var controls = new List<Control>();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var node in Items(map, "controls"))
        {
            if (One(node, bag) is not { } control)
            {
                continue;
            }

            if (!ids.Add(control.Id))
            {
                bag.Add(node, DiagnosticCode.DefinedTwice, $"control \"{control.Id}\" stands here a second time");
            }

            controls.Add(control);
        }

        map.Done();
        return new ControlScheme(id, title, scope, controls);
    }

    private static IReadOnlyList<YamlNode> Items(MapReader map, string key)
    {
        switch (map.Require(key, "a mapping of controls"))
        {
            case YamlList { Items.Count: > 0 } list:
                return list.Items;
            case { } other:
                map.Bag.Add(other, DiagnosticCode.WrongKind, $"\"{key}\" must be a list of controls");
                return [];
            default:
                return [];
        }
    }

    private static Control? One(YamlNode node, DiagnosticBag bag)
    {
        if (MapReader.Over(node, bag, "a control") is not { } map)
        {
            return null;
        }

        var control = new Control
        {
            Id = Short(map, "id", "a control"),
            Title = Short(map, "title", "a control"),
            Statement = Short(map, "statement", "a control"),
            Coverage = map.Require("coverage", "a control") is { } coverage && map.WordOf(coverage, "coverage", Coverages.Keys) is { } word ? Coverages[word] : ControlCoverage.None,
            Evidence = [.. map.Texts("evidence").Select(one => map.WordOf(one, "evidence", [.. EvidenceQuery.All])).OfType<string>()],
            Rules = [.. map.Texts("rules").Select(one => one.Value)],
            Elsewhere = map.Has("elsewhere") ? Short(map, "elsewhere", "a control") : "",
            Source = Short(map, "source", "a control"),
            IsConfirmed = map.Flag("confirmed") ?? Missing(map),
        };
        map.Done();
        Check(control, node, bag);
        return control;
    }

    /// <summary>Nothing is claimed that no record shows, and nothing is left to be guessed.</summary>
    private static void Check(Control control, YamlNode node, DiagnosticBag bag)
    {
        if (control.Coverage == ControlCoverage.None && control.Evidence.Count > 0)
        {
            bag.Add(node, DiagnosticCode.CannotBe, $"control \"{control.Id}\" is covered by none and names evidence", "coverage: partial, or no evidence");
        }

        if (control.Coverage != ControlCoverage.None && control.Evidence.Count == 0)
        {
            bag.Add(node, DiagnosticCode.CannotBe, $"control \"{control.Id}\" claims evidence and names none", "evidence: [refused-orders]");
        }

        if (control.Coverage != ControlCoverage.Evidence && control.Elsewhere.Length == 0)
        {
            bag.Add(node, DiagnosticCode.MissingKey, $"control \"{control.Id}\" needs the key \"elsewhere\"", "say what an auditor has to see elsewhere");
        }

        if (control.Rules.Count > 0 != control.Evidence.Contains(EvidenceQuery.RefusedByRule, StringComparer.Ordinal))
        {
            bag.Add(node, DiagnosticCode.CannotBe, $"control \"{control.Id}\": \"rules\" and the evidence {EvidenceQuery.RefusedByRule} go together");
        }
    }

    private static bool Missing(MapReader map)
    {
        map.Bag.Add(map.Node, DiagnosticCode.MissingKey, "a control needs the key \"confirmed\"", "true only where id and subject were read in the scheme or a published copy");
        return false;
    }

    private static string Short(MapReader map, string key, string what)
    {
        var text = map.RequireText(key, what);
        if (text.Length > MaxText)
        {
            map.Bag.Add(map.Node, DiagnosticCode.OutOfRange, $"\"{key}\" has more than {MaxText} characters");
        }

        return text;
    }
}
