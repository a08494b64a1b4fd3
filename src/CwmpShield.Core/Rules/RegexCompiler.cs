using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using CwmpShield.Core.Rules.Yaml;

namespace CwmpShield.Core.Rules;

/// <summary>Compiles the regular expressions of rules: linear-time engine only, and bounded in what they can grow to.</summary>
internal static class RegexCompiler
{
    private const int MaxLength = 1000;
    private const long MaxSize = 10_000;
    private const int MaxKnown = 1024;

    /// <summary>Building one costs about a millisecond, and a reload mostly asks for the same again.</summary>
    private static readonly ConcurrentDictionary<string, Regex> Known = new(StringComparer.Ordinal);

    /// <summary>The expression, or null with a problem.</summary>
    public static Regex? Compile(YamlNode node, DiagnosticBag bag)
    {
        if (node is not YamlText { IsNull: false } text)
        {
            bag.Add(node, DiagnosticCode.WrongKind, $"a regular expression must be a text, not {node.Kind}");
            return null;
        }

        if (Known.TryGetValue(text.Value, out var known))
        {
            return known;
        }

        if (text.Value.Length > MaxLength || RegexSize.Of(text.Value) > MaxSize)
        {
            bag.Add(node, DiagnosticCode.BadRegex, $"regular expression longer than {MaxLength} characters, or than {MaxSize} once its repeats are written out");
            return null;
        }

        try
        {
            var regex = new Regex(text.Value, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            return Known.Count < MaxKnown ? Known.GetOrAdd(text.Value, regex) : regex;
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
}
