using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CwmpShield.Core.Rules.Loading;

namespace CwmpShield.Core.Rules.Signing;

/// <summary>
/// What a signature over a rule set covers: a version that only grows, an end, and the SHA-256 of every file. As text: a head line,
/// <c>version N</c>, <c>expires INSTANT</c>, then <c>SHA256  NAME</c> in name order.
/// </summary>
public sealed record RuleIndexText
{
    /// <summary>Name of the index beside the rules.</summary>
    public const string FileName = "rules.index";

    /// <summary>Name of its detached signature.</summary>
    public const string SignatureName = "rules.index.sig";

    private const string Head = "cwmpshield-rules-index 1";

    /// <summary>Version; a set with a lower one than the highest ever accepted is refused.</summary>
    public required long Version { get; init; }

    /// <summary>From this instant on the signature counts no more.</summary>
    public required DateTimeOffset Expires { get; init; }

    /// <summary>SHA-256 (lower-case hex) by file name.</summary>
    public required ImmutableSortedDictionary<string, string> Files { get; init; }

    /// <summary>The index of the set under <paramref name="path"/>; null with problems when a file cannot be read.</summary>
    public static RuleIndexText? Of(string path, long version, DateTimeOffset expires, out IReadOnlyList<RuleDiagnostic> problems)
    {
        var bag = new Yaml.DiagnosticBag();
        var files = RuleFiles.Read(path, bag);
        problems = bag.Items;
        return bag.HasErrors ? null : new RuleIndexText { Version = version, Expires = expires, Files = HashesOf(files) };
    }

    /// <summary>The index as text.</summary>
    public override string ToString()
    {
        var text = new StringBuilder().Append(Head).Append('\n')
            .Append(CultureInfo.InvariantCulture, $"version {Version}\n")
            .Append(CultureInfo.InvariantCulture, $"expires {Expires.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}\n");
        foreach (var (name, hash) in Files)
        {
            text.Append(hash).Append("  ").Append(name).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>Reads an index; false when the text is none.</summary>
    public static bool TryParse(string text, out RuleIndexText? index)
    {
        index = null;
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (lines.Length < 3 || lines[0] != Head
            || !lines[1].StartsWith("version ", StringComparison.Ordinal) || !long.TryParse(lines[1].AsSpan(8), NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            || !lines[2].StartsWith("expires ", StringComparison.Ordinal)
            || !DateTimeOffset.TryParseExact(lines[2][8..], "yyyy-MM-ddTHH:mm:ssK", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var expires))
        {
            return false;
        }

        var files = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var line in lines.AsSpan(3))
        {
            var gap = line.IndexOf("  ", StringComparison.Ordinal);
            if (gap != 64 || !files.TryAdd(line[(gap + 2)..], line[..gap]))
            {
                return false;
            }
        }

        index = new RuleIndexText { Version = version, Expires = expires, Files = files.ToImmutable() };
        return true;
    }

    internal static ImmutableSortedDictionary<string, string> HashesOf(IEnumerable<RuleFile> files) =>
        files.ToImmutableSortedDictionary(f => f.Name, f => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(f.Text))), StringComparer.Ordinal);
}
