using System.Buffers;
using CwmpShield.Core.Wire;

namespace CwmpShield.Core.Cwmp;

/// <summary>Envelopes that the gateway itself makes.</summary>
internal static class GatewayEnvelope
{
    private static readonly SoapAttribute[] MustUnderstand = [new("mustUnderstand", SoapNames.Envelope, "1")];

    /// <summary>Writes a body with the cwmp:ID of the message that it answers.</summary>
    public static void Write(string? id, string cwmp, SoapElement body, IBufferWriter<byte> output)
    {
        SoapElement[] headers = id is null ? [] : [new SoapElement { LocalName = "ID", Namespace = cwmp, Text = id, Attributes = MustUnderstand }];
        SoapWriter.Write(new SoapEnvelope(headers, body, cwmp), output);
    }

    /// <summary>The namespace to answer in: the peer's, or that of CWMP 1.0.</summary>
    public static string Namespace(string peer) => SoapNames.IsCwmp(peer) ? peer : SoapNames.CwmpDefault;

    public static SoapElement Structure(string name, params SoapElement[] children) => new() { LocalName = name, Children = children };

    public static SoapElement Value(string name, string text) => new() { LocalName = name, Text = text };
}
