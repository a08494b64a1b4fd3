namespace CwmpShield.Cli;

/// <summary>Finds message files under a directory; each directory is a session of its own, in name order.</summary>
internal static class RecordedFiles
{
    private static readonly string[] NoMessages = [".log", ".md", ".json", ".yaml", ".yml", ".tsv"];

    /// <summary>The sessions under a directory, each with its files in order.</summary>
    public static IEnumerable<IReadOnlyList<string>> Sessions(string directory)
    {
        yield return [.. Directory.EnumerateFiles(directory).Where(IsMessage).Order(StringComparer.Ordinal)];
        foreach (var below in Directory.EnumerateDirectories(directory).Order(StringComparer.Ordinal))
        {
            foreach (var session in Sessions(below))
            {
                yield return session;
            }
        }
    }

    private static bool IsMessage(string file)
    {
        var name = Path.GetFileName(file);
        return !name.StartsWith('.') && !NoMessages.Contains(Path.GetExtension(name), StringComparer.OrdinalIgnoreCase);
    }
}
