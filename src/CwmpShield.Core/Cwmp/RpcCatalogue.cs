using System.Collections.Frozen;
using CwmpShield.Core.Cwmp.Schema;

namespace CwmpShield.Core.Cwmp;

/// <summary>Every method of CWMP by name: who calls it and what it carries (TR-069 annex A).</summary>
public static class RpcCatalogue
{
    private static readonly FrozenDictionary<string, RpcEntry> Entries = Build();

    /// <summary>The side that calls <paramref name="rpc"/>; null when both do, and for kinds that are no method of TR-069.</summary>
    public static Direction? Caller(RpcKind rpc) => rpc switch
    {
        RpcKind.Unknown or RpcKind.Vendor or RpcKind.Fault or RpcKind.GetRPCMethods => null,
        >= RpcKind.Inform => Direction.CpeToAcs,
        _ => Direction.AcsToCpe,
    };

    /// <summary>Whether <paramref name="localName"/> names a call or a response of TR-069.</summary>
    public static bool IsMethodName(string localName) => Entries.ContainsKey(localName);

    /// <summary>Whether an element of this name may stand nowhere but at its one place: a method, or a part of the envelope.</summary>
    internal static bool IsPlaceBound(string localName) => localName is "Envelope" or "Header" or "Body" || Entries.ContainsKey(localName);

    /// <summary>Whether an element of this name is the part of a message by which an ACS knows the device, its events or its parameters.</summary>
    internal static bool IsMemberBound(string localName) => localName is
        "DeviceId" or "DeviceIdStruct" or "OUI" or "ProductClass" or "SerialNumber" or "EventStruct" or "EventCode"
        or "ParameterList" or "ParameterValueStruct" or "ParameterInfoStruct" or "ParameterAttributeStruct";

    internal static RpcEntry? Find(string localName) => Entries.GetValueOrDefault(localName);

    private static FrozenDictionary<string, RpcEntry> Build()
    {
        var entries = new Dictionary<string, RpcEntry>(StringComparer.Ordinal);
        foreach (var method in AcsMethods.All.Concat(DeviceMethods.All))
        {
            var name = method.Rpc.ToString();
            entries.Add(name, new RpcEntry(method.Rpc, MessageRole.Request, method.Arguments));
            entries.Add(name + "Response", new RpcEntry(method.Rpc, MessageRole.Response, method.Response));
        }

        return entries.ToFrozenDictionary(StringComparer.Ordinal);
    }
}

/// <summary>What a body entry of one name is.</summary>
/// <param name="Rpc">The method.</param>
/// <param name="Role">Call or response.</param>
/// <param name="Shape">What it carries.</param>
internal sealed record RpcEntry(RpcKind Rpc, MessageRole Role, Shape Shape)
{
    /// <summary>Whether an entry may travel <paramref name="direction"/>.</summary>
    public bool MayTravel(Direction direction) =>
        RpcCatalogue.Caller(Rpc) is not { } caller || (caller == direction) == (Role == MessageRole.Request);
}
