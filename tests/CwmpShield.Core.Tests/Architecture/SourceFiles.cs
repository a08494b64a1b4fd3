namespace CwmpShield.Core.Tests.Architecture;

/// <summary>The C# files that people wrote.</summary>
internal static class SourceFiles
{
    public static IReadOnlyList<string> Under(params string[] parts) =>
        Directory.EnumerateFiles(Repository.Path(parts), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .ToArray();

    public static string Name(string file) => Path.GetRelativePath(Repository.Root, file);
}
