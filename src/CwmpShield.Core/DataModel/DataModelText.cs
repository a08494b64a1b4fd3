using System.Collections.Immutable;
using System.Globalization;

namespace CwmpShield.Core.DataModel;

/// <summary>
/// The compact file that <c>datamodel import</c> writes: one parameter or object a line, fields separated by tabs: shape, flags
/// (<c>w</c> writable, <c>h</c> hidden, <c>l</c> list), type, least, greatest, words separated by <c>|</c>.
/// </summary>
public static class DataModelText
{
    /// <summary>First line of the file.</summary>
    public const string Head = "cwmpshield-datamodel 1";

    /// <summary>Reads entries; <paramref name="problem"/> is told the number of each line that is none.</summary>
    public static IEnumerable<DataModelEntry> Read(string text, Action<int> problem)
    {
        var number = 0;
        foreach (var line in text.Split('\n'))
        {
            number++;
            if (line.Length == 0 || (number == 1 && line == Head))
            {
                continue;
            }

            var fields = line.Split('\t');
            if (number == 1 || fields.Length != 6 || !TryBound(fields[3], out var min) || !TryBound(fields[4], out var max))
            {
                problem(number);
                continue;
            }

            yield return new DataModelEntry
            {
                Shape = fields[0],
                Writable = fields[1].Contains('w', StringComparison.Ordinal),
                Hidden = fields[1].Contains('h', StringComparison.Ordinal),
                IsList = fields[1].Contains('l', StringComparison.Ordinal),
                Type = fields[2],
                Min = min,
                Max = max,
                Enumeration = fields[5].Length == 0 ? [] : fields[5].Split('|').ToImmutableArray(),
            };
        }
    }

    /// <summary>Writes entries in the order of their shapes.</summary>
    public static void Write(IEnumerable<DataModelEntry> entries, TextWriter output)
    {
        output.Write(Head);
        output.Write('\n');
        foreach (var entry in entries.OrderBy(e => e.Shape, StringComparer.Ordinal))
        {
            var flags = (entry.Writable ? "w" : "") + (entry.Hidden ? "h" : "") + (entry.IsList ? "l" : "");
            output.Write(string.Create(CultureInfo.InvariantCulture, $"{entry.Shape}\t{flags}\t{entry.Type}\t{entry.Min}\t{entry.Max}\t{string.Join('|', entry.Enumeration)}\n"));
        }
    }

    private static bool TryBound(string field, out long? bound)
    {
        bound = long.TryParse(field, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
        return field.Length == 0 || bound is not null;
    }
}
