namespace CwmpShield.Core.Cwmp.Schema;

/// <summary>One RPC method.</summary>
/// <param name="Rpc">Which.</param>
/// <param name="Arguments">Arguments of the call.</param>
/// <param name="Response">Arguments of the response.</param>
internal sealed record Method(RpcKind Rpc, Shape Arguments, Shape Response);
