using System.Buffers;
using CwmpShield.Core.Wire;
using static CwmpShield.Core.Cwmp.GatewayEnvelope;

namespace CwmpShield.Core.Cwmp;

/// <summary>Writes the gateway's own answers: those that carry nothing but, for Inform, MaxEnvelopes 1.</summary>
public static class CwmpResponseWriter
{
    /// <summary>Writes the response to <paramref name="rpc"/>.</summary>
    /// <param name="rpc">The method that is answered.</param>
    /// <param name="id">cwmp:ID of the call, null when it had none.</param>
    /// <param name="cwmpNamespace">Namespace of the peer's messages; empty means cwmp-1-0.</param>
    /// <param name="output">Where the bytes go.</param>
    public static void Write(RpcKind rpc, string? id, string cwmpNamespace, IBufferWriter<byte> output)
    {
        var cwmp = Namespace(cwmpNamespace);
        var body = new SoapElement
        {
            LocalName = rpc + "Response",
            Namespace = cwmp,
            Children = rpc == RpcKind.Inform ? [Value("MaxEnvelopes", "1")] : [],
        };
        GatewayEnvelope.Write(id, cwmp, body, output);
    }
}
