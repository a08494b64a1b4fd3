namespace CwmpShield.Core.Wire;

/// <summary>Reads one body as one SOAP 1.1 envelope, strictly and within limits; the only place where XML is parsed.</summary>
public static class SoapReader
{
    /// <summary>Reads <paramref name="body"/>; false with a reason when it cannot be read, or can be read two ways. Never throws for input.</summary>
    /// <param name="body">The decoded (not compressed) body.</param>
    /// <param name="contentType">Content-Type header as it came, null when absent; only its charset counts.</param>
    /// <param name="limits">Bounds.</param>
    /// <param name="envelope">The envelope, null when false is returned.</param>
    /// <param name="error">Why not, when false is returned.</param>
    public static bool TryRead(ReadOnlyMemory<byte> body, string? contentType, SoapLimits limits, out SoapEnvelope? envelope, out WireError error)
    {
        envelope = null;
        if (body.Length > limits.MaxBytes)
        {
            error = new WireError(WireReason.TooLarge, "The body is too large.");
            return false;
        }

        if (!BodyEncoding.TryDecode(body, contentType, out var utf8, out error)
            || !SoapTreeReader.TryRead(utf8.Span, limits, out var root, out var declared, out error))
        {
            return false;
        }

        error = SoapEnvelopeReader.TryRead(root!, declared, out envelope);
        return envelope is not null;
    }

    /// <summary>
    /// Reads as <see cref="TryRead"/> does, and a body whose text no encoding gives with U+FFFD in the place of what cannot be read. For
    /// devices alone, and whoever calls must know where that may stand: what an ACS orders, and who speaks, is never guessed.
    /// </summary>
    /// <param name="body">The decoded (not compressed) body.</param>
    /// <param name="contentType">Content-Type header as it came, null when absent; only its charset counts.</param>
    /// <param name="limits">Bounds.</param>
    /// <param name="envelope">The envelope, null when false is returned.</param>
    /// <param name="repairs">How many characters were put in the place of what came; 0 when false is returned.</param>
    /// <param name="error">What was wrong with the body as it came, be it repaired or not.</param>
    public static bool TryReadOrRepair(
        ReadOnlyMemory<byte> body, string? contentType, SoapLimits limits, out SoapEnvelope? envelope, out int repairs, out WireError error)
    {
        repairs = 0;
        if (TryRead(body, contentType, limits, out envelope, out error))
        {
            return true;
        }

        if (!TextRepair.MayMend(error.Reason)
            || !TextRepair.TryRepair(body.Span, contentType, out var utf8, out var mended)
            || !SoapTreeReader.TryRead(utf8, limits, out var root, out var declared, out _))
        {
            return false;
        }

        _ = SoapEnvelopeReader.TryRead(root!, declared, out envelope);
        repairs = envelope is null ? 0 : mended;
        return envelope is not null;
    }
}
