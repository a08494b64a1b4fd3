using System.Text.RegularExpressions;

namespace CwmpShield.Core.Tests.Architecture;

/// <summary>What the documents say of the tree is true of the tree.</summary>
public sealed partial class DocumentTests
{
    [GeneratedRegex(@"[A-Za-z0-9]+\.cs\b", RegexOptions.NonBacktracking)]
    private static partial Regex SourceFile { get; }

    [GeneratedRegex(@"\]\((?<target>[^)#:]+)(?:#[^)]*)?\)", RegexOptions.NonBacktracking)]
    private static partial Regex LocalLink { get; }

    public static TheoryData<string> Documents => [.. Papers().Select(SourceFiles.Name)];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Names_only_source_files_that_exist(string document)
    {
        var files = SourceFiles.Under("src").Concat(SourceFiles.Under("tests")).Select(Path.GetFileName).ToHashSet(StringComparer.Ordinal);

        var missing = SourceFile.Matches(File.ReadAllText(Paper(document))).Select(m => m.Value).Where(name => !files.Contains(name));

        Assert.Empty(missing);
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Links_only_to_what_exists(string document)
    {
        var folder = Path.GetDirectoryName(Paper(document))!;

        var broken = LocalLink.Matches(File.ReadAllText(Paper(document)))
            .Select(m => m.Groups["target"].Value)
            .Where(target => !Path.Exists(Path.Combine(folder, target)));

        Assert.Empty(broken);
    }

    private static string Paper(string document) => Papers().Single(path => SourceFiles.Name(path) == document);

    private static IEnumerable<string> Papers() =>
        Directory.EnumerateFiles(Repository.Root, "*.md").Concat(Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories));
}
