using System.Text.Json;

namespace CwmpShield.Core.Audit.Export;

/// <summary>A record on its way out.</summary>
/// <param name="Record">The record; node and sequence are those of its place in the store, whatever its body says.</param>
/// <param name="Body">The bytes that were hashed.</param>
/// <param name="Hash">The chain's head with this record.</param>
public readonly record struct AuditExportRow(AuditRecord Record, ReadOnlyMemory<byte> Body, ReadOnlyMemory<byte> Hash)
{
    /// <summary>The hash as 64 lower-case hexadecimal digits.</summary>
    public string HashText => Convert.ToHexStringLower(Hash.Span);

    /// <summary>
    /// Whether the body is one JSON object in one line of printable ASCII, as <see cref="AuditJson"/> writes it. Another one was not written by
    /// a gateway: it must not pass for several lines, or end what it stands in.
    /// </summary>
    public bool IsOneLine => !Body.Span.ContainsAnyExceptInRange((byte)' ', (byte)'~') && IsObject(Body.Span);

    private static bool IsObject(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body);
        try
        {
            return reader.Read() && reader.TokenType == JsonTokenType.StartObject && reader.TrySkip() && reader.BytesConsumed == body.Length;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
