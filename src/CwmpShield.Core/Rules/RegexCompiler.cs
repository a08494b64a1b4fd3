using System.Globalization;
using System.Text.RegularExpressions;
using CwmpShield.Core.Rules.Yaml;

namespace CwmpShield.Core.Rules;

/// <summary>Compiles the regular expressions of rules: linear-time engine only, and bounded in what they can grow to.</summary>
internal static partial class RegexCompiler
{
    private const int MaxLength = 1000;
    private const long MaxRepeats = 10_000;

    /// <summary>The expression, or null with a problem.</summary>
    public static Regex? Compile(YamlNode node, DiagnosticBag bag)
    {
        if (node is not YamlText { IsNull: false } text)
        {
            bag.Add(node, DiagnosticCode.WrongKind, $"a regular expression must be a text, not {node.Kind}");
            return null;
        }

        if (text.Value.Length > MaxLength || Repeats(text.Value) > MaxRepeats)
        {
            bag.Add(node, DiagnosticCode.BadRegex, $"regular expression longer than {MaxLength} characters, or its repeats multiply to more than {MaxRepeats}");
            return null;
        }

        try
        {
            return new Regex(text.Value, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (NotSupportedException)
        {
            bag.Add(node, DiagnosticCode.BadRegex, "the regular expression could backtrack", "look-around, back-references, atomic groups and conditionals are not part of the language");
        }
        catch (ArgumentException problem)
        {
            bag.Add(node, DiagnosticCode.BadRegex, "not a regular expression", problem.Message);
        }

        return null;
    }

    private static long Repeats(string pattern)
    {
        long product = 1;
        foreach (Match match in Counted().Matches(pattern))
        {
            var bound = match.Groups["high"].Length > 0 ? match.Groups["high"].ValueSpan : match.Groups["low"].ValueSpan;
            var times = long.TryParse(bound, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Math.Max(1, number) : MaxRepeats + 1;
            product = Math.Min(product, MaxRepeats + 1) * Math.Min(times, MaxRepeats + 1);
        }

        return product;
    }

    [GeneratedRegex(@"\{(?<low>[0-9]+)(,(?<high>[0-9]*))?\}", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Counted();
}
