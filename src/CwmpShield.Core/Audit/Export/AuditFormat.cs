using System.Buffers;

namespace CwmpShield.Core.Audit.Export;

/// <summary>A form in which records leave the store: one record, one line, but for CSV with cells of several lines.</summary>
public abstract class AuditFormat
{
    private protected AuditFormat()
    {
    }

    /// <summary>The words that name the formats.</summary>
    public static IReadOnlyList<string> Names { get; } = ["jsonl", "csv", "cef", "ocsf"];

    /// <summary>The format of a word of <see cref="Names"/>.</summary>
    /// <exception cref="ArgumentException">There is no such format.</exception>
    public static AuditFormat Of(string name) => name switch
    {
        "jsonl" => new JsonLinesFormat(),
        "csv" => new CsvFormat(),
        "cef" => new CefFormat(),
        "ocsf" => new OcsfFormat(),
        _ => throw new ArgumentException($"There is no format {name}; known are {string.Join(", ", Names)}.", nameof(name)),
    };

    /// <summary>What comes before the first record.</summary>
    public virtual void Begin(IBufferWriter<byte> output)
    {
    }

    /// <summary>One record, without the end of its line.</summary>
    public abstract void Write(AuditExportRow row, IBufferWriter<byte> output);

    /// <summary>Ends a line.</summary>
    public virtual ReadOnlySpan<byte> LineEnd => "\n"u8;
}
