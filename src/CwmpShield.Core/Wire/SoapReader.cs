namespace CwmpShield.Core.Wire;

/// <summary>Reads one body as one SOAP 1.1 envelope, strictly and within limits; the only place where XML is parsed.</summary>
public static class SoapReader
{
    /// <summary>Reads <paramref name="body"/>; false with a reason when it cannot be read, or can be read two ways. Never throws for input.</summary>
    /// <param name="body">The decoded (not compressed) body.</param>
    /// <param name="contentType">Content-Type header as it came, null when absent.</param>
    /// <param name="limits">Bounds.</param>
    /// <param name="envelope">The envelope, null when false is returned.</param>
    /// <param name="error">Why not, when false is returned.</param>
    public static bool TryRead(ReadOnlyMemory<byte> body, string? contentType, SoapLimits limits, out SoapEnvelope? envelope, out WireError error)
    {
        envelope = null;
        error = new WireError(WireReason.EmptyMessage, "The body is empty.");
        return false;
    }
}
