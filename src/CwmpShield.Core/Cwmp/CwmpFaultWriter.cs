using System.Buffers;

namespace CwmpShield.Core.Cwmp;

/// <summary>Writes a CWMP fault (TR-069 3.5) in the name of one side.</summary>
public static class CwmpFaultWriter
{
    /// <summary>Writes a SOAP fault message.</summary>
    /// <param name="from">The side in whose name the fault is given.</param>
    /// <param name="id">cwmp:ID of the message that is answered, null when it had none.</param>
    /// <param name="cwmpNamespace">Namespace of the peer's messages; empty means cwmp-1-0.</param>
    /// <param name="fault">Code, text and entries for parameters.</param>
    /// <param name="output">Where the bytes go.</param>
    public static void Write(Direction from, string? id, string cwmpNamespace, CwmpFault fault, IBufferWriter<byte> output)
    {
    }
}
