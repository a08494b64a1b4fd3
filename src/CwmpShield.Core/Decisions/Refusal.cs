using System.Buffers;
using CwmpShield.Core.Cwmp;

namespace CwmpShield.Core.Decisions;

/// <summary>
/// The fault that is given instead of a refused message: to the ACS in the device's name, or to the device in the ACS's. It
/// never is 8005, which would make the device send the same again at once.
/// </summary>
public static class Refusal
{
    /// <summary>Request denied, in the device's name.</summary>
    public const int OrderDenied = 9001;

    /// <summary>Internal error, in the device's name: what it answered cannot be told to the ACS, or it has gone.</summary>
    public const int AnswerWithheld = 9002;

    /// <summary>Request denied, in the ACS's name.</summary>
    public const int RequestDenied = 8001;

    /// <summary>Invalid arguments, in the ACS's name: the device's message could not be read, or came out of turn.</summary>
    public const int RequestInvalid = 8003;

    private const int FirstDeviceFault = 9000;
    private const int FirstAcsFault = 8000;
    private const int RetryRequest = 8005;

    /// <summary>Refuses <paramref name="order"/> to the ACS: the decision's fault where it is one that a device gives, else 9001.</summary>
    public static ReadOnlyMemory<byte> OfOrder(CwmpMessage order, Decision decision)
    {
        var fault = decision.Fault is { Code: >= FirstDeviceFault } given ? given : new CwmpFault(OrderDenied, "Request denied");
        return InDeviceName(order.Id, order.Envelope.CwmpNamespace, fault);
    }

    /// <summary>Refuses any order by its <paramref name="id"/> with <paramref name="code"/>.</summary>
    public static ReadOnlyMemory<byte> OfOrder(string? id, string cwmpNamespace, int code) =>
        InDeviceName(id, cwmpNamespace, new CwmpFault(code, code == OrderDenied ? "Request denied" : "Internal error"));

    /// <summary>Stands in for the device's answer to <paramref name="order"/> that may not reach the ACS.</summary>
    public static ReadOnlyMemory<byte> OfAnswer(CwmpMessage order) => OfOrder(order.Id, order.Envelope.CwmpNamespace, AnswerWithheld);

    /// <summary>Refuses a device's request: the decision's fault where it is one that an ACS gives, else 8001.</summary>
    public static ReadOnlyMemory<byte> OfRequest(CwmpMessage request, Decision decision)
    {
        var fault = decision.Fault is { Code: >= FirstAcsFault and < FirstDeviceFault and not RetryRequest } given
            ? given
            : new CwmpFault(RequestDenied, "Request denied");
        return InAcsName(request.Id, request.Envelope.CwmpNamespace, fault);
    }

    /// <summary>Tells a device that what it sent could not be read, or came out of turn.</summary>
    public static ReadOnlyMemory<byte> OfRequest(string? id, string cwmpNamespace) =>
        InAcsName(id, cwmpNamespace, new CwmpFault(RequestInvalid, "Invalid arguments"));

    private static ReadOnlyMemory<byte> InDeviceName(string? id, string cwmpNamespace, CwmpFault fault) =>
        Write(Direction.CpeToAcs, id, cwmpNamespace, fault);

    private static ReadOnlyMemory<byte> InAcsName(string? id, string cwmpNamespace, CwmpFault fault) =>
        Write(Direction.AcsToCpe, id, cwmpNamespace, fault);

    private static ReadOnlyMemory<byte> Write(Direction from, string? id, string cwmpNamespace, CwmpFault fault)
    {
        var output = new ArrayBufferWriter<byte>(1024);
        CwmpFaultWriter.Write(from, id, cwmpNamespace, fault, output);
        return output.WrittenMemory;
    }
}
