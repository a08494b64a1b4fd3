using CwmpShield.Core.Rules.Yaml;

namespace CwmpShield.Core.Rules.Loading;

/// <summary>Reads a list file: one item a line, <c>#</c> at the beginning of a line or behind white space begins a comment.</summary>
internal static class ListLines
{
    /// <summary>The items, with their places.</summary>
    public static IEnumerable<YamlText> Read(RuleFile file)
    {
        var number = 0;
        foreach (var line in file.Text.Split('\n'))
        {
            number++;
            var item = WithoutComment(line).Trim();
            if (item.Length > 0)
            {
                yield return new YamlText(file.Name, number, line.IndexOf(item, StringComparison.Ordinal) + 1, item, true);
            }
        }
    }

    private static string WithoutComment(string line)
    {
        for (var at = line.IndexOf('#', StringComparison.Ordinal); at >= 0; at = line.IndexOf('#', at + 1))
        {
            if (at == 0 || char.IsWhiteSpace(line[at - 1]))
            {
                return line[..at];
            }
        }

        return line;
    }
}
