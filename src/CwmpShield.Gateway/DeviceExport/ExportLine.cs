using System.Text.Encodings.Web;
using System.Text.Json;
using CwmpShield.Gateway.DeviceImport;

namespace CwmpShield.Gateway.DeviceExport;

/// <summary>Writes the values of a row as one line.</summary>
internal static class ExportLine
{
    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>One JSON object; what is null or empty is left out.</summary>
    public static string ToJson(IReadOnlyList<string> columns, IReadOnlyList<object?> values)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Json))
        {
            writer.WriteStartObject();
            for (var i = 0; i < columns.Count; i++)
            {
                if (values[i] is string { Length: > 0 } text)
                {
                    writer.WriteString(columns[i], text);
                }
                else if (values[i] is IReadOnlyList<string> { Count: > 0 } list)
                {
                    writer.WriteStartArray(columns[i]);
                    foreach (var item in list)
                    {
                        writer.WriteStringValue(item);
                    }

                    writer.WriteEndArray();
                }
            }

            writer.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(buffer.ToArray());
    }

    /// <summary>
    /// One line of CSV. A value that a spreadsheet would run as a formula begins with an apostrophe: it comes from devices. Values of
    /// <paramref name="literal"/> columns stay as they are, because a secret with an apostrophe before it is another secret.
    /// </summary>
    public static string ToCsv(IReadOnlyList<object?> values, int literal) => string.Join(',', values.Select((value, place) => Cell(value switch
    {
        IReadOnlyList<string> list => string.Join(' ', list),
        _ => value as string ?? "",
    }, place >= literal)));

    private static string Cell(string text, bool isLiteral)
    {
        var safe = isLiteral ? text : FormulaGuard.Add(text);
        return safe.AsSpan().IndexOfAny(",\"\r\n;") >= 0 || safe != safe.Trim() ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }
}
