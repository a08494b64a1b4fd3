using System.Text.Json;

namespace CwmpShield.Gateway.DeviceImport;

/// <summary>Why a line was left out. It never holds a value of the line: that might be a password.</summary>
/// <param name="Line">Number of the line, from 1.</param>
/// <param name="Column">The column or property; empty when the line as a whole is wrong.</param>
/// <param name="Expected">What was expected there.</param>
public sealed record LineProblem(long Line, string Column, string Expected)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>One line of JSON, as the report file has it.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <summary>As compilers report: <c>file:line: column: expected …</c>.</summary>
    public string In(string file) => $"{file}:{Line}: {(Column.Length > 0 ? Column + ": " : "")}expected {Expected}";
}
