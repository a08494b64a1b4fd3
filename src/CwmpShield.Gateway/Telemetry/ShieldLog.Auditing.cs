using Microsoft.Extensions.Logging;

namespace CwmpShield.Gateway.Telemetry;

/// <summary>What the ledger tells in the log: ids 7500–7599.</summary>
internal static partial class AuditingLog
{
    /// <summary>The ledger cannot be written.</summary>
    [LoggerMessage(7500, LogLevel.Critical, "The ledger cannot be written: dangerous orders are refused until it can")]
    public static partial void LedgerDown(this ILogger log, Exception error);

    /// <summary>It can again.</summary>
    [LoggerMessage(7501, LogLevel.Warning, "The ledger can be written again")]
    public static partial void LedgerUp(this ILogger log);

    /// <summary>The chain ends before its last checkpoint.</summary>
    [LoggerMessage(7502, LogLevel.Critical, "The chain of node {Node} was signed up to record {Signed} and ends with {Last}: records were removed. Run cwmpshield audit verify")]
    public static partial void ChainBroken(this ILogger log, string node, long signed, long last);

    /// <summary>A checkpoint was not told.</summary>
    [LoggerMessage(7503, LogLevel.Error, "A checkpoint cannot be written to {File}: {Problem}")]
    public static partial void CheckpointUntold(this ILogger log, string file, string problem);

    /// <summary>The gateway ends while the ledger cannot be written.</summary>
    [LoggerMessage(7504, LogLevel.Critical, "The gateway ends, and {Count} records of the ledger could not be written")]
    public static partial void LedgerEndsUnwritten(this ILogger log, int count);

    /// <summary>The operators' chain was not signed.</summary>
    [LoggerMessage(7506, LogLevel.Warning, "The chain {Chain} cannot be signed now: {Problem}")]
    public static partial void OperatorsUnsigned(this ILogger log, string chain, string problem);

    /// <summary>The operators' chain in the store is not the one that was signed.</summary>
    [LoggerMessage(7507, LogLevel.Critical, "The chain {Chain} does not go on from record {Sequence}, which was signed: somebody rewrote it. It is not signed any more; verify it against checkpoints that are kept elsewhere")]
    public static partial void OperatorsRewritten(this ILogger log, string chain, long sequence);

    /// <summary>An order is refused for want of a record.</summary>
    [LoggerMessage(7505, LogLevel.Error, "An order for {Device} is refused: its record cannot be written")]
    public static partial void OrderUnrecorded(this ILogger log, string device, Exception error);
}
