using CwmpShield.Core.Cwmp;

namespace CwmpShield.Gateway.Telemetry;

/// <summary>The word of a method in labels.</summary>
internal static class RpcWord
{
    /// <summary>Every word.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Enum.GetValues<RpcKind>().Select(Of)];

    /// <summary>The word: the method's name, or <c>unknown</c>, <c>vendor</c>.</summary>
    public static string Of(RpcKind rpc) => rpc switch
    {
        RpcKind.Unknown => "unknown",
        RpcKind.Vendor => "vendor",
        _ => rpc.ToString(),
    };
}
