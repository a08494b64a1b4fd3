using System.Buffers;
using CwmpShield.Core.Wire;

namespace CwmpShield.Core.Cwmp;

/// <summary>Writes a message as canonical UTF-8: fixed prefixes, recomputed array counts, every value kept to the character.</summary>
public static class CwmpMessageWriter
{
    /// <summary>Writes <paramref name="message"/> to <paramref name="output"/>.</summary>
    public static void Write(CwmpMessage message, IBufferWriter<byte> output) => SoapWriter.Write(message.Envelope, output);

    /// <summary><paramref name="message"/> as bytes of their own.</summary>
    public static ReadOnlyMemory<byte> ToBytes(CwmpMessage message) =>
        PooledOutput.Written(message, static (written, output) => Write(written, output));
}
