namespace CwmpShield.Gateway.Auditing;

/// <summary>Another process writes this node's chain: two must not, and this one has stopped.</summary>
/// <param name="node">The node.</param>
public sealed class LedgerTakenException(string node)
    : Exception(
        $"Another gateway began to write the chain of node '{node}' and has it now. This one refuses dangerous orders until it is started again. Give every gateway that shares a store a name of its own in CwmpShield:Audit:Node.");
