using System.Collections.Immutable;

namespace CwmpShield.Core.DataModel.Values;

/// <summary>Software versions between bounds, e.g. <c>&gt;=1.2 &lt;2.0</c>; see <see cref="SoftwareVersion"/> for their order.</summary>
public sealed class VersionRange
{
    private static readonly string[] Operators = [">=", "<=", ">", "<", "="];

    private readonly ImmutableArray<(string Operator, string Version)> bounds;

    private VersionRange(ImmutableArray<(string Operator, string Version)> bounds) => this.bounds = bounds;

    /// <summary>Reads bounds separated by spaces or commas, all of which must hold; a version alone is that version. False when there is none, or one without a version.</summary>
    public static bool TryParse(string text, out VersionRange? range)
    {
        range = null;
        var read = ImmutableArray.CreateBuilder<(string, string)>();
        foreach (var word in text.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries))
        {
            var op = Operators.FirstOrDefault(o => word.StartsWith(o, StringComparison.Ordinal)) ?? "";
            if (word.Length == op.Length)
            {
                return false;
            }

            read.Add((op.Length == 0 ? "=" : op, word[op.Length..]));
        }

        range = read.Count > 0 ? new VersionRange(read.ToImmutable()) : null;
        return range is not null;
    }

    /// <summary>Whether the version lies within all bounds.</summary>
    public bool Contains(string version)
    {
        foreach (var (op, bound) in bounds)
        {
            var order = SoftwareVersion.Compare(version, bound);
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

    /// <inheritdoc/>
    public override string ToString() => string.Join(' ', bounds.Select(b => b.Operator + b.Version));
}
