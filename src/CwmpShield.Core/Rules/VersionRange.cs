using System.Globalization;
using CwmpShield.Core.Rules.Yaml;

namespace CwmpShield.Core.Rules;

/// <summary>Software versions between bounds, e.g. <c>&gt;=1.2 &lt;2.0</c>. Runs of digits compare as numbers, the rest as text.</summary>
internal sealed class VersionRange
{
    private static readonly string[] Operators = [">=", "<=", ">", "<", "="];

    private readonly List<(string Operator, string Version)> bounds = [];

    /// <summary>Reads the bounds; null with a problem.</summary>
    public static VersionRange? Compile(YamlNode node, DiagnosticBag bag)
    {
        var range = new VersionRange();
        var text = node is YamlText { IsNull: false } scalar ? scalar.Value : "";
        foreach (var word in text.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries))
        {
            var op = Operators.FirstOrDefault(o => word.StartsWith(o, StringComparison.Ordinal)) ?? "";
            if (word.Length == op.Length)
            {
                range.bounds.Clear();
                break;
            }

            range.bounds.Add((op.Length == 0 ? "=" : op, word[op.Length..]));
        }

        if (range.bounds.Count > 0)
        {
            return range;
        }

        bag.Add(node, DiagnosticCode.BadVersionRange, "a version range must be bounds such as \">=1.2 <2.0\"", "no space between the sign and the version");
        return null;
    }

    /// <summary>Whether the version lies within all bounds.</summary>
    public bool Contains(string version)
    {
        foreach (var (op, bound) in bounds)
        {
            var order = Compare(version, bound);
            var within = op switch
            {
                ">=" => order >= 0,
                "<=" => order <= 0,
                ">" => order > 0,
                "<" => order < 0,
                _ => order == 0,
            };
            if (!within)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Orders two versions.</summary>
    internal static int Compare(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        while (!left.IsEmpty && !right.IsEmpty)
        {
            var a = Run(ref left);
            var b = Run(ref right);
            var order = char.IsAsciiDigit(a[0]) && char.IsAsciiDigit(b[0])
                ? CompareNumbers(a.TrimStart('0'), b.TrimStart('0'))
                : a.CompareTo(b, StringComparison.OrdinalIgnoreCase);
            if (order != 0)
            {
                return order;
            }
        }

        return left.Length.CompareTo(right.Length);
    }

    private static int CompareNumbers(ReadOnlySpan<char> a, ReadOnlySpan<char> b) =>
        a.Length != b.Length ? a.Length.CompareTo(b.Length) : a.CompareTo(b, StringComparison.Ordinal);

    private static ReadOnlySpan<char> Run(ref ReadOnlySpan<char> text)
    {
        var digits = char.IsAsciiDigit(text[0]);
        var length = 1;
        while (length < text.Length && char.IsAsciiDigit(text[length]) == digits)
        {
            length++;
        }

        var run = text[..length];
        text = text[length..];
        return run;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Join(' ', bounds.Select(b => string.Create(CultureInfo.InvariantCulture, $"{b.Operator}{b.Version}")));
}
