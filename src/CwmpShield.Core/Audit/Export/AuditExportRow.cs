namespace CwmpShield.Core.Audit.Export;

/// <summary>A record on its way out.</summary>
/// <param name="Record">The record.</param>
/// <param name="Body">The bytes that were hashed.</param>
/// <param name="Hash">The chain's head with this record.</param>
public readonly record struct AuditExportRow(AuditRecord Record, ReadOnlyMemory<byte> Body, ReadOnlyMemory<byte> Hash)
{
    /// <summary>The hash as 64 lower-case hexadecimal digits.</summary>
    public string HashText => Convert.ToHexStringLower(Hash.Span);

    /// <summary>
    /// Whether the body is one line of printable ASCII, as <see cref="AuditJson"/> writes it. Another one was not written by a gateway:
    /// it must not pass for several lines.
    /// </summary>
    public bool IsOneLine => Record.Node.Length > 0 && !Body.Span.ContainsAnyExceptInRange((byte)' ', (byte)'~');
}
