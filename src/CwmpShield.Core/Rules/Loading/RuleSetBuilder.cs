using CwmpShield.Core.DataModel;
using CwmpShield.Core.DataModel.Values;
using CwmpShield.Core.Rules.Yaml;

namespace CwmpShield.Core.Rules.Loading;

/// <summary>Puts the files of a set together: first everything that has a name, then what refers to names.</summary>
internal sealed class RuleSetBuilder(DiagnosticBag bag, DateTimeOffset now)
{
    private readonly ListTable lists = new(bag);
    private readonly ClassTable classes = new(bag);
    private readonly List<YamlNode> rules = [];
    private readonly List<YamlNode> exceptions = [];
    private readonly List<DataModelEntry> model = [];
    private readonly Dictionary<string, YamlNode> settings = new(StringComparer.Ordinal);
    private RuleMode mode;
    private RuleAction? unknownRpc = RuleAction.Deny;
    private string version = "";

    /// <summary>Whether rules only record, whatever the files say.</summary>
    public bool ObserveOnly { get; init; }

    /// <summary>Takes one file in.</summary>
    /// <param name="file">The file.</param>
    /// <param name="shipped">Whether it ships with the product, and gives way to the set's own.</param>
    public void Add(RuleFile file, bool shipped = false)
    {
        switch (file.Kind)
        {
            case RuleFileKind.List:
                lists.Define(new YamlText(file.Name, 1, 1, Path.GetFileNameWithoutExtension(file.Name), true), [.. ListLines.Read(file)], fromSite: false);
                break;
            case RuleFileKind.DataModel:
                model.AddRange(DataModelText.Read(file.Text, problem => bag.Add(file.Name, problem, 1, DiagnosticCode.WrongKind, "not a line of an imported data model", "import it again")));
                break;
            default:
                if (YamlReader.Read(file.Name, file.Text, bag) is { } root)
                {
                    AddYaml(root, file.Kind == RuleFileKind.Site, shipped);
                }

                break;
        }
    }

    /// <summary>Reads a list's own file, named inside a YAML file.</summary>
    public required Func<YamlText, RuleFile?> OpenList { private get; init; }

    /// <summary>Compiles everything; null when there are errors.</summary>
    public RuleSet? Build(string hash)
    {
        lists.Check();
        var classifier = new ParameterClassifier();
        var built = classes.Build().ToList();
        built.ForEach(c => classifier.Add(c));

        var scope = new CompileScope(bag, lists, classifier, classes.Names);
        var compiled = rules.Select(r => RuleCompiler.Compile(r, scope)).OfType<Rule>().ToList();
        var ids = RuleChecks.Check(compiled, bag);
        var lifted = exceptions.Select(e => ExceptionCompiler.Compile(e, scope, ids, now)).OfType<RuleException>().ToList();
        var vendorRpcs = ItemSet.Compile(ValueKind.Text, lists.ItemsOf("allowed-vendor-rpcs"), bag);
        foreach (var (name, at) in lists.Unused.Where(l => l.Name != ArtefactList.ListName))
        {
            bag.Add(at, DiagnosticCode.Unused, $"list \"{name}\" is used nowhere");
        }

        return bag.HasErrors ? null : new RuleSet(new RuleSetParts
        {
            Hash = hash,
            Version = version,
            Mode = ObserveOnly ? RuleMode.Observe : mode,
            UnknownRpc = unknownRpc,
            AllowedVendorRpcs = vendorRpcs,
            Rules = compiled,
            Exceptions = lifted,
            Model = model.Count > 0 ? new DataModelIndex(model) : null,
            Artefacts = scope.Artefacts,
            Classifier = classifier,
            Classes = built,
            Lists = lists.All,
            SiblingNames = scope.SiblingNames,
        });
    }

    private void AddYaml(YamlNode root, bool isSite, bool shipped)
    {
        if (MapReader.Over(root, bag, "a rule file") is not { } map)
        {
            return;
        }

        if (map.Take("cwmpshield") is not YamlText { Value: "1" })
        {
            bag.Add(map.Take("cwmpshield") ?? root, DiagnosticCode.LanguageVersion, "a rule file begins with \"cwmpshield: 1\"");
        }

        AddLists(map.Take("lists"), "lists", isSite);
        AddLists(map.Take("site"), "site", true);
        if (map.Take("classes") is { } defined)
        {
            classes.Read(defined, shipped);
        }

        rules.AddRange(ItemsOf(map.Take("rules"), "rules"));
        exceptions.AddRange(ItemsOf(map.Take("exceptions"), "exceptions"));
        AddSettings(map);
        map.Done();
    }

    private void AddSettings(MapReader map)
    {
        if (Once(map, "mode") && map.Word("mode", "enforce", "observe") is { } word)
        {
            mode = word is "observe" ? RuleMode.Observe : RuleMode.Enforce;
        }

        if (Once(map, "version"))
        {
            version = map.Text("version") ?? "";
        }

        if (Once(map, "defaults") && MapReader.Over(map.Take("defaults")!, bag, "\"defaults\"") is { } defaults)
        {
            unknownRpc = defaults.Word("unknown-rpc", "deny", "observe", "forward") switch
            {
                "observe" => RuleAction.Observe,
                "forward" => null,
                _ => RuleAction.Deny,
            };
            defaults.Done();
        }
    }

    private bool Once(MapReader map, string key)
    {
        if (map.Take(key) is not { } node)
        {
            return false;
        }

        if (!settings.TryAdd(key, node))
        {
            bag.Add(node, DiagnosticCode.DefinedTwice, $"\"{key}\" is said twice in the set", $"first in {settings[key].File}:{settings[key].Line}");
        }

        return true;
    }

    private void AddLists(YamlNode? node, string key, bool fromSite)
    {
        if (node is null or YamlText { IsNull: true })
        {
            return;
        }

        if (node is not YamlMap map)
        {
            bag.Add(node, DiagnosticCode.WrongKind, $"\"{key}\" must be a map of lists, not {node.Kind}");
            return;
        }

        foreach (var (name, value) in map.Entries)
        {
            lists.Define(name, value is YamlMap inFile ? ItemsOfFile(inFile) : value is YamlText { IsNull: true } ? [] : MapReader.TextsOf(value, name.Value, bag), fromSite);
        }
    }

    private IReadOnlyList<YamlText> ItemsOfFile(YamlMap map)
    {
        var reader = MapReader.Over(map, bag, "a list")!;
        var name = reader.Require("file", "a list that is a map") as YamlText;
        reader.Done();
        return name is not null && OpenList(name) is { } file ? [.. ListLines.Read(file)] : [];
    }

    private IReadOnlyList<YamlNode> ItemsOf(YamlNode? node, string key)
    {
        if (node is YamlList list)
        {
            return list.Items;
        }

        if (node is not (null or YamlText { IsNull: true }))
        {
            bag.Add(node, DiagnosticCode.WrongKind, $"\"{key}\" must be a list, not {node.Kind}");
        }

        return [];
    }
}
