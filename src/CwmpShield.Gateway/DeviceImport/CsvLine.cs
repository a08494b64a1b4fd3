using System.Text;

namespace CwmpShield.Gateway.DeviceImport;

/// <summary>
/// Lines of CSV (RFC 4180) below a header; fields are separated by commas, or by semicolons or tabs where the header has them. A quote
/// ends on its own line: nothing that is said of a device has a line break in it.
/// </summary>
internal sealed class CsvLine
{
    private static readonly char[] Separators = [',', ';', '\t'];
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    private readonly IReadOnlyList<(DeviceField Field, string Name)> columns;
    private readonly char separator;
    private readonly List<string> cells = [];

    private CsvLine(IReadOnlyList<(DeviceField Field, string Name)> columns, char separator)
    {
        this.columns = columns;
        this.separator = separator;
    }

    /// <summary>Reads the header; null, and the problem, when a column is unknown or there twice.</summary>
    public static CsvLine? Header(ReadOnlySpan<byte> line, out LineProblem? problem)
    {
        problem = null;
        if (!TryText(line, out var text))
        {
            problem = new LineProblem(1, "", "UTF-8");
            return null;
        }

        text = text.TrimStart('\uFEFF');
        var between = Separators.MaxBy(c => text.Count(c));
        var names = new List<string>();
        if (Split(text, between, names) is { } wrong)
        {
            problem = new LineProblem(1, "", wrong);
            return null;
        }

        var found = new List<(DeviceField, string)>();
        foreach (var name in names.Select(name => name.Trim()))
        {
            if (!DeviceFieldName.TryFind(name, out var field) || (field != DeviceField.Ignored && found.Exists(column => column.Item1 == field)))
            {
                problem = new LineProblem(1, Shown(name), $"a header with columns among these, each once: {DeviceFieldName.All}");
                return null;
            }

            found.Add((field, name));
        }

        return new CsvLine(found, between);
    }

    /// <summary>Reads one line into <paramref name="fields"/>; the problem, or null when there is none.</summary>
    public LineProblem? Read(ReadOnlySpan<byte> line, long number, LineFields fields)
    {
        if (!TryText(line, out var text))
        {
            return new LineProblem(number, "", "UTF-8");
        }

        if (Split(text, separator, cells) is { } wrong)
        {
            return new LineProblem(number, columns[Math.Min(cells.Count, columns.Count - 1)].Name, wrong);
        }

        if (cells.Count != columns.Count)
        {
            return new LineProblem(number, "", $"{columns.Count} fields as in the header, not {cells.Count}");
        }

        for (var i = 0; i < cells.Count; i++)
        {
            var field = columns[i].Field;
            fields[field] = IsLiteral(field) ? cells[i] : FormulaGuard.Remove(cells[i]);
        }

        return null;
    }

    private static string? Split(string text, char separator, List<string> cells)
    {
        cells.Clear();
        var at = 0;
        while (true)
        {
            if (at < text.Length && text[at] == '"')
            {
                if (Quoted(text, ref at) is not { } quoted)
                {
                    return "a closing quote on the same line";
                }

                if (at < text.Length && text[at] != separator)
                {
                    return "a separator behind the closing quote";
                }

                cells.Add(quoted);
            }
            else
            {
                var end = text.IndexOf(separator, at);
                var cell = end < 0 ? text[at..] : text[at..end];
                if (cell.Contains('"', StringComparison.Ordinal))
                {
                    return "quotes around the whole field, and a quote inside doubled";
                }

                cells.Add(cell);
                at = end < 0 ? text.Length : end;
            }

            if (at >= text.Length)
            {
                return null;
            }

            at++;
        }
    }

    private static string? Quoted(string text, ref int at)
    {
        var cell = new StringBuilder();
        for (at++; at < text.Length; at++)
        {
            if (text[at] != '"')
            {
                cell.Append(text[at]);
            }
            else if (at + 1 < text.Length && text[at + 1] == '"')
            {
                cell.Append(text[++at]);
            }
            else
            {
                at++;
                return cell.ToString();
            }
        }

        return null;
    }

    /// <summary>A secret with an apostrophe before it is another secret.</summary>
    private static bool IsLiteral(DeviceField field) => field is DeviceField.Password or DeviceField.SharedPassword or DeviceField.Ha1
        or DeviceField.Realm or DeviceField.RequestUser or DeviceField.RequestPassword;

    private static bool TryText(ReadOnlySpan<byte> line, out string text)
    {
        try
        {
            text = Strict.GetString(line);
            return true;
        }
        catch (DecoderFallbackException)
        {
            text = "";
            return false;
        }
    }

    // A file without a header has a device on its first line, and maybe its password.
    private static string Shown(string name) => name.Length <= 32 && name.All(c => char.IsAsciiLetter(c) || c is '_' or '-' or ' ') ? name : "";
}
