using System.Buffers;
using System.Security.Cryptography;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Wire;

namespace CwmpShield.Core.Decisions;

/// <summary>Names an order by what it does: SHA-256 of its canonical form without ID, CommandKey and ParameterKey, which change when it is repeated.</summary>
public static class OrderFingerprint
{
    /// <summary>Lower-case hex.</summary>
    public static string Of(CwmpMessage order)
    {
        var envelope = order.Envelope with { Headers = [], Body = WithoutKeys(order.Envelope.Body) };
        var output = new ArrayBufferWriter<byte>();
        CwmpMessageWriter.Write(order with { Envelope = envelope }, output);
        return Convert.ToHexStringLower(SHA256.HashData(output.WrittenSpan));
    }

    private static SoapElement WithoutKeys(SoapElement body) =>
        body.Children.Count == 0
            ? body
            : body.WithChildren([.. body.Children.Where(c => c.LocalName is not ("CommandKey" or "ParameterKey"))]);
}
