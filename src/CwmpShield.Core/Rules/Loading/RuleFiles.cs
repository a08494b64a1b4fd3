using System.Security.Cryptography;
using System.Text;
using CwmpShield.Core.Rules.Yaml;

namespace CwmpShield.Core.Rules.Loading;

/// <summary>What a file of a rule set is for.</summary>
internal enum RuleFileKind
{
    /// <summary>Rules, and whatever else YAML may hold.</summary>
    Pack,

    /// <summary>site.yaml.</summary>
    Site,

    /// <summary>Parameter classes.</summary>
    Classes,

    /// <summary>A list, one item a line.</summary>
    List,

    /// <summary>An imported data model.</summary>
    DataModel,
}

/// <summary>One file of a rule set, read.</summary>
/// <param name="Name">Relative to the set, with forward slashes; the bare name when the set is one file.</param>
/// <param name="Kind">What it is for.</param>
/// <param name="Text">Content with LF line ends.</param>
internal sealed record RuleFile(string Name, RuleFileKind Kind, string Text);

/// <summary>Finds and reads the files of a rule set, and gives them one hash.</summary>
internal static class RuleFiles
{
    private const int MaxYamlBytes = 4 << 20;
    private const int MaxListBytes = 16 << 20;
    private const int MaxFiles = 1000;
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>Every file of the set under <paramref name="path"/>, by name.</summary>
    public static IReadOnlyList<RuleFile> Read(string path, DiagnosticBag bag)
    {
        if (File.Exists(path))
        {
            return ReadOne(path, Path.GetFileName(path), RuleFileKind.Pack, bag) is { } only ? [only] : [];
        }

        if (!Directory.Exists(path))
        {
            bag.Add(path, 0, 0, DiagnosticCode.Unreadable, "no such file or directory");
            return [];
        }

        List<RuleFile> files = [];
        foreach (var (name, kind) in FindAll(path, bag))
        {
            if (ReadOne(Path.Combine(path, name), name, kind, bag) is { } file)
            {
                files.Add(file);
            }
        }

        if (files.Count == 0 && !bag.HasErrors)
        {
            bag.Add(path, 0, 0, DiagnosticCode.Unreadable, "no rule files in the directory", "a set without rules would let everything pass");
        }

        return files;
    }

    /// <summary>SHA-256 (lower-case hex) over names, lengths and content.</summary>
    public static string Hash(IEnumerable<RuleFile> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in files.OrderBy(f => f.Name, StringComparer.Ordinal))
        {
            var content = Encoding.UTF8.GetBytes(file.Text);
            hash.AppendData(Encoding.UTF8.GetBytes(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{file.Name}\n{content.Length}\n")));
            hash.AppendData(content);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Reads one file; null, with the problem, when it cannot be read as text.</summary>
    public static RuleFile? ReadOne(string path, string name, RuleFileKind kind, DiagnosticBag bag)
    {
        var limit = kind is RuleFileKind.List or RuleFileKind.DataModel ? MaxListBytes : MaxYamlBytes;
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            var bytes = new byte[limit + 1];
            var length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            if (length > limit)
            {
                bag.Add(name, 0, 0, DiagnosticCode.TooLarge, $"larger than {limit >> 20} MiB");
                return null;
            }

            return new RuleFile(name, kind, StrictUtf8.GetString(bytes, 0, length).TrimStart('\uFEFF').ReplaceLineEndings("\n"));
        }
        catch (DecoderFallbackException)
        {
            bag.Add(name, 0, 0, DiagnosticCode.NotUtf8, "not UTF-8");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            bag.Add(name, 0, 0, DiagnosticCode.Unreadable, "cannot be read", problem.GetType().Name);
        }

        return null;
    }

    /// <summary>The files by name; none, with the problem, where a folder cannot be listed: half a rule set is none.</summary>
    private static (string Name, RuleFileKind Kind)[] FindAll(string directory, DiagnosticBag bag)
    {
        try
        {
            return [.. Find(directory, bag).OrderBy(file => file.Name, StringComparer.Ordinal)];
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            bag.Add(directory, 0, 0, DiagnosticCode.Unreadable, "cannot be listed", problem.GetType().Name);
            return [];
        }
    }

    private static IEnumerable<(string Name, RuleFileKind Kind)> Find(string directory, DiagnosticBag bag)
    {
        (string Folder, string[] Endings, RuleFileKind Kind)[] places =
        [
            ("", [".yaml", ".yml"], RuleFileKind.Pack),
            ("classes", [".yaml", ".yml"], RuleFileKind.Classes),
            ("lists", [".txt"], RuleFileKind.List),
            ("datamodel", [".dm"], RuleFileKind.DataModel),
        ];
        var count = 0;
        foreach (var (folder, endings, kind) in places)
        {
            var place = Path.Combine(directory, folder);
            if (!Directory.Exists(place))
            {
                continue;
            }

            foreach (var path in Directory.EnumerateFiles(place))
            {
                var name = Path.GetFileName(path);
                if (name.StartsWith('.') || !endings.Contains(Path.GetExtension(name), StringComparer.Ordinal))
                {
                    continue;
                }

                if (++count > MaxFiles)
                {
                    bag.Add(directory, 0, 0, DiagnosticCode.TooLarge, $"more than {MaxFiles} files");
                    yield break;
                }

                var relative = folder.Length == 0 ? name : $"{folder}/{name}";
                yield return (relative, kind == RuleFileKind.Pack && name is "site.yaml" or "site.yml" ? RuleFileKind.Site : kind);
            }
        }
    }
}
