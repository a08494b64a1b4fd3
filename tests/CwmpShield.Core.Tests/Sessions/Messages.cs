using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Wire;

namespace CwmpShield.Core.Tests.Sessions;

/// <summary>Messages with what a session looks at, and nothing else.</summary>
internal static class Messages
{
    public static CwmpMessage Inform(string? id = "1", params SoapElement[] headers) =>
        Make(Direction.CpeToAcs, RpcKind.Inform, MessageRole.Request, "Inform", id, headers);

    public static CwmpMessage InformResponse(string? id = "1", bool hold = false) => Response(RpcKind.Inform, id) with { HoldRequests = hold };

    public static CwmpMessage Request(RpcKind rpc, string? id = "2") =>
        Make(Direction.CpeToAcs, rpc, MessageRole.Request, rpc.ToString(), id);

    public static CwmpMessage Response(RpcKind rpc, string? id) =>
        Make(Direction.AcsToCpe, rpc, MessageRole.Response, rpc + "Response", id);

    public static CwmpMessage AcsFault(int code, string? id) =>
        Make(Direction.AcsToCpe, RpcKind.Fault, MessageRole.Fault, "Fault", id) with { Fault = new CwmpFault(code, "fault") };

    public static CwmpMessage Order(RpcKind rpc, string? id = "o1", bool hold = false) =>
        Make(Direction.AcsToCpe, rpc, MessageRole.Request, rpc.ToString(), id) with { HoldRequests = hold };

    public static CwmpMessage VendorOrder(string name, string? id = "o1") =>
        Make(Direction.AcsToCpe, RpcKind.Vendor, MessageRole.Request, name, id);

    public static CwmpMessage Answer(CwmpMessage order, string? id = null) =>
        Make(Direction.CpeToAcs, order.Rpc, MessageRole.Response, order.Name + "Response", id ?? order.Id);

    public static CwmpMessage DeviceFault(string? id) =>
        Make(Direction.CpeToAcs, RpcKind.Fault, MessageRole.Fault, "Fault", id) with { Fault = new CwmpFault(9002, "fault") };

    private static CwmpMessage Make(Direction direction, RpcKind rpc, MessageRole role, string name, string? id, params SoapElement[] headers) => new()
    {
        Direction = direction,
        Rpc = rpc,
        Role = role,
        Name = name,
        Id = id,
        Envelope = new SoapEnvelope(headers, new SoapElement { LocalName = name }, "urn:dslforum-org:cwmp-1-0"),
    };
}
