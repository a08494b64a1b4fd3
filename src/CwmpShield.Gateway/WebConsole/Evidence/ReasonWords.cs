using System.Collections.Frozen;

namespace CwmpShield.Gateway.WebConsole.Evidence;

/// <summary>Reasons in words: a sentence for each id that records carry.</summary>
internal static class ReasonWords
{
    private static readonly FrozenDictionary<string, string> Sentences = Read();

    /// <summary>The sentence; null for a reason of another version.</summary>
    public static string? Of(string reason) => Sentences.GetValueOrDefault(reason);

    private static FrozenDictionary<string, string> Read()
    {
        using var stream = typeof(ReasonWords).Assembly.GetManifestResourceStream("CwmpShield.Gateway.WebConsole.reasons.txt")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd()
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(": ", 2))
            .ToFrozenDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
    }
}
