using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace CwmpShield.Core.Audit.Export;

/// <summary>
/// JSON Lines: <c>{"hash":…,"node":…,"sequence":…,"body":…}</c>. Body stands last and byte for byte as it was hashed, so that whoever has the
/// lines of a chain can compute it again: from behind the first <c>"body":</c> to before the last brace.
/// </summary>
public sealed class JsonLinesFormat : AuditFormat
{
    /// <inheritdoc/>
    public override void Write(AuditExportRow row, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        output.Write("{\"hash\":\""u8);
        output.Write(Encoding.ASCII.GetBytes(row.HashText));
        output.Write("\",\"node\":\""u8);
        output.Write(JsonEncoded(row.Record.Node));
        output.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"\",\"sequence\":{row.Record.Sequence},")));
        WriteBody(row, output);
        output.Write("}"u8);
    }

    /// <summary>The body as a member; one that no gateway wrote as <c>body_base64</c>.</summary>
    private static void WriteBody(AuditExportRow row, IBufferWriter<byte> output)
    {
        if (row.IsOneLine)
        {
            output.Write("\"body\":"u8);
            output.Write(row.Body.Span);
            return;
        }

        output.Write("\"body_base64\":\""u8);
        var text = output.GetSpan(Base64.GetMaxEncodedToUtf8Length(row.Body.Length));
        Base64.EncodeToUtf8(row.Body.Span, text, out _, out var written);
        output.Advance(written);
        output.Write("\""u8);
    }

    private static ReadOnlySpan<byte> JsonEncoded(string text) => System.Text.Json.JsonEncodedText.Encode(text).EncodedUtf8Bytes;
}
