using System.Collections.Immutable;
using CwmpShield.Core.DataModel;
using CwmpShield.Core.Rules.Yaml;

namespace CwmpShield.Core.Rules.Loading;

/// <summary>The parameter classes of a rule set; what the set says takes the place of what ships with the product.</summary>
internal sealed class ClassTable(DiagnosticBag bag)
{
    private readonly Dictionary<string, Draft> drafts = new(StringComparer.Ordinal);

    /// <summary>Names of all classes.</summary>
    public IReadOnlyCollection<string> Names => drafts.Keys;

    /// <summary>Reads the map under <c>classes</c>.</summary>
    public void Read(YamlNode node, bool shipped)
    {
        if (node is not YamlMap map)
        {
            bag.Add(node, DiagnosticCode.WrongKind, $"\"classes\" must be a map of classes, not {node.Kind}");
            return;
        }

        foreach (var (key, value) in map.Entries)
        {
            var name = key.Value.Replace('_', '-');
            if (!Words.IsKebab(name))
            {
                bag.Add(key, DiagnosticCode.BadName, $"class name \"{key.Value}\" is not kebab-case");
            }
            else if (drafts.TryGetValue(name, out var other) && other.Shipped == shipped)
            {
                bag.Add(key, DiagnosticCode.DefinedTwice, $"class \"{name}\" is defined twice", $"first in {other.At.File}:{other.At.Line}");
            }
            else if ((other is null || other.Shipped) && ReadOne(key, value, shipped) is { } draft)
            {
                drafts[name] = draft;
            }
        }
    }

    /// <summary>The classes, each after those that it includes.</summary>
    public IEnumerable<ParameterClass> Build()
    {
        HashSet<Draft> done = [];
        List<ParameterClass> built = [];
        foreach (var (name, draft) in drafts)
        {
            Collect(name, draft, done, [], built);
        }

        return built;
    }

    private Draft? ReadOne(YamlText key, YamlNode node, bool shipped)
    {
        if (MapReader.Over(node, bag, $"class \"{key.Value}\"") is not { } map)
        {
            return null;
        }

        var draft = new Draft(key, shipped)
        {
            Title = map.Text("title") ?? "",
            Paths = [.. Patterns(map, "paths")],
            Except = [.. Patterns(map, "except")],
            VendorWords = [.. VendorWords(map)],
            Includes = [.. map.Texts("includes")],
        };
        map.Done();
        if (draft.Paths.IsEmpty && draft.VendorWords.IsEmpty && draft.Includes.IsEmpty)
        {
            bag.Add(key, DiagnosticCode.MissingKey, $"class \"{key.Value}\" needs \"paths\", \"vendor\" or \"includes\"");
        }

        return draft;
    }

    private IEnumerable<PathPattern> Patterns(MapReader map, string key)
    {
        foreach (var text in map.Texts(key))
        {
            if (PathPattern.TryParse(text.Value, out var pattern, out var problem))
            {
                yield return pattern!;
            }
            else
            {
                bag.Add(text, DiagnosticCode.BadPattern, $"path pattern \"{text.Value}\" cannot be read: {problem}");
            }
        }
    }

    private IEnumerable<string> VendorWords(MapReader map)
    {
        foreach (var text in map.Texts("vendor"))
        {
            if (PathPattern.TryParse(text.Value, out var pattern, out _) && pattern!.Text.Trim('*', '.').Length > 1)
            {
                yield return text.Value.ToLowerInvariant();
            }
            else
            {
                bag.Add(text, DiagnosticCode.BadPattern, $"vendor word \"{text.Value}\" cannot be read", "the end of a step's name, such as DNSServers");
            }
        }
    }

    private void Collect(string name, Draft draft, HashSet<Draft> done, List<string> path, List<ParameterClass> built)
    {
        if (!done.Add(draft))
        {
            return;
        }

        path.Add(name);
        List<string> parts = [];
        foreach (var include in draft.Includes)
        {
            var included = include.Value.Replace('_', '-');
            if (path.Contains(included, StringComparer.Ordinal))
            {
                bag.Add(include, DiagnosticCode.Cycle, $"class \"{included}\" contains itself", string.Join(" -> ", path.Append(included)));
            }
            else if (!drafts.TryGetValue(included, out var other))
            {
                bag.Add(include, DiagnosticCode.UnknownClass, $"class \"{include.Value}\" is not defined", Words.DidYouMean(included, drafts.Keys));
            }
            else
            {
                Collect(included, other, done, path, built);
                parts.Add(included);
            }
        }

        path.RemoveAt(path.Count - 1);
        built.Add(new ParameterClass
        {
            Name = name,
            Title = draft.Title,
            Paths = draft.Paths,
            Except = draft.Except,
            VendorWords = draft.VendorWords,
            Includes = [.. parts],
        });
    }

    private sealed class Draft(YamlText at, bool shipped)
    {
        public YamlText At { get; } = at;

        public bool Shipped { get; } = shipped;

        public string Title { get; init; } = "";

        public ImmutableArray<PathPattern> Paths { get; init; } = [];

        public ImmutableArray<PathPattern> Except { get; init; } = [];

        public ImmutableArray<string> VendorWords { get; init; } = [];

        public ImmutableArray<YamlText> Includes { get; init; } = [];
    }
}
