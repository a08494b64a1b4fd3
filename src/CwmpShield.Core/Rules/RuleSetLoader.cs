using System.Reflection;
using CwmpShield.Core.Rules.Loading;
using CwmpShield.Core.Rules.Signing;
using CwmpShield.Core.Rules.Yaml;

namespace CwmpShield.Core.Rules;

/// <summary>Loads a rule set from one file or a directory. Never throws for what the files hold.</summary>
public static class RuleSetLoader
{
    private const string ShippedClasses = "classes/";

    /// <summary>Loads the set under <paramref name="path"/>, or says everything that is wrong with it.</summary>
    public static RuleLoadResult Load(string path, RuleLoadOptions? options = null)
    {
        options ??= new RuleLoadOptions();
        var bag = new DiagnosticBag();
        var files = RuleFiles.Read(path, bag).ToList();
        var signed = options.Trust is { } trust ? SignedRules.Check(path, files, trust, options.Now, bag) : null;
        if (options.Site is { } site)
        {
            files.RemoveAll(f => f.Kind == RuleFileKind.Site);
            if (signed is not null)
            {
                SignedRules.NotCovered(site, bag);
            }

            if (RuleFiles.ReadOne(site, Path.GetFileName(site), RuleFileKind.Site, bag) is { } replaced)
            {
                files.Add(replaced);
            }
        }

        var result = Build(files, Path.GetFullPath(Directory.Exists(path) ? path : Path.GetDirectoryName(Path.GetFullPath(path)) ?? "."), options, bag);
        return result with { SignedVersion = signed?.Version };
    }

    /// <summary>Loads a set from the text of one file; lists in files of their own cannot be reached.</summary>
    public static RuleLoadResult LoadText(string text, RuleLoadOptions? options = null) =>
        Build([new RuleFile("rules.yaml", RuleFileKind.Pack, text)], null, options ?? new RuleLoadOptions(), new DiagnosticBag());

    private static RuleLoadResult Build(List<RuleFile> files, string? directory, RuleLoadOptions options, DiagnosticBag bag)
    {
        List<RuleFile> opened = [];
        var builder = new RuleSetBuilder(bag, options.Now)
        {
            ObserveOnly = options.ObserveOnly,
            OpenList = name =>
            {
                var file = OpenList(name, directory, bag);
                if (file is not null)
                {
                    opened.Add(file);
                }

                return file;
            },
        };
        List<RuleFile> shipped = files.Exists(f => f.Kind == RuleFileKind.Classes) ? [] : [.. Shipped()];
        files.ForEach(file => builder.Add(file));
        shipped.ForEach(file => builder.Add(file, shipped: true));

        if (options.Trust is not null)
        {
            opened.Where(o => !files.Exists(f => f.Name == o.Name)).ToList().ForEach(o => SignedRules.NotCovered(o.Name, bag));
        }

        var set = builder.Build(RuleFiles.Hash(files.Concat(opened).Concat(shipped).DistinctBy(f => f.Name, StringComparer.Ordinal)));
        return new RuleLoadResult(bag.HasErrors ? null : set, bag.Items);
    }

    /// <summary>The classes that ship with the product.</summary>
    private static IEnumerable<RuleFile> Shipped()
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith(ShippedClasses, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            yield return new RuleFile(name, RuleFileKind.Classes, reader.ReadToEnd());
        }
    }

    /// <summary>A list's file stands in the set's directory, never above it.</summary>
    private static RuleFile? OpenList(YamlText name, string? directory, DiagnosticBag bag)
    {
        var inside = directory is null ? null : Path.GetFullPath(Path.Combine(directory, name.Value));
        if (inside is null || Path.IsPathRooted(name.Value) || !inside.StartsWith(directory + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            bag.Add(name, DiagnosticCode.Unreadable, "a list's file must stand in the directory of the rule set");
            return null;
        }

        if (!File.Exists(inside))
        {
            bag.Add(name, DiagnosticCode.Unreadable, $"no such file: \"{name.Value}\"");
            return null;
        }

        return RuleFiles.ReadOne(inside, name.Value.Replace('\\', '/'), RuleFileKind.List, bag);
    }
}
