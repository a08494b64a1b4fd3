using CwmpShield.Core.Wire;

namespace CwmpShield.Fuzz.Oracle;

/// <summary>
/// The reader as it was on top of the framework's XML parser. It judges the product's own reader: what this one refuses, that one
/// must refuse for the same reason, and what both read must be the same tree.
/// </summary>
internal static class OracleReader
{
    public static bool TryRead(ReadOnlyMemory<byte> body, string? contentType, SoapLimits limits, out SoapEnvelope? envelope, out WireError error)
    {
        envelope = null;
        if (body.Length > limits.MaxBytes)
        {
            error = new WireError(WireReason.TooLarge, "The body is too large.");
            return false;
        }

        if (!BodyEncoding.TryDecode(body, contentType, out var utf8, out error)
            || !OracleTreeReader.TryRead(utf8, limits, out var root, out var declared, out error))
        {
            return false;
        }

        error = SoapEnvelopeReader.TryRead(root!, declared, out envelope);
        return envelope is not null;
    }
}
