namespace CwmpShield.Gateway.Configuration;

/// <summary>The ledger: whose chain this node writes, what signs it, and how long anything waits for it.</summary>
public sealed record AuditOptions
{
    /// <summary>Name of this machine as a node's.</summary>
    public static string DefaultNode { get; } = AuditChecks.NameOf(Environment.MachineName);

    /// <summary>Name of this node's chain, 1–64 letters, digits, dots and dashes; no two nodes of one store share it. The default value is the machine's name.</summary>
    public string Node { get; init; } = "";

    /// <summary>
    /// Private key that signs checkpoints: ECDSA P-256 in PEM, or PKCS#12. A PEM file that is missing is made. The default value is
    /// <c>ledger-key.pem</c> beside the configuration.
    /// </summary>
    public string KeyFile { get; init; } = "";

    /// <summary>File whose first line is the password of the key; empty where it has none.</summary>
    public string KeyPasswordFile { get; init; } = "";

    /// <summary>A checkpoint is signed after this time, where there are new records. The default value is 1 minute.</summary>
    public TimeSpan CheckpointInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>A checkpoint is signed after this many records. The default value is 10,000.</summary>
    public int CheckpointRecords { get; init; } = 10_000;

    /// <summary>File that each checkpoint is appended to, on another disk or machine than the store's; empty for none.</summary>
    public string CheckpointFile { get; init; } = "";

    /// <summary>Records that wait to be written at most; beyond it those that nothing waits for are counted instead. The default value is 65,536.</summary>
    public int Queue { get; init; } = 65_536;

    /// <summary>How long an order waits for its record before it is refused. The default value is 2 seconds.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Records of strangers that are written one by one in a minute, of one address at most a tenth; the rest is counted in one record. The default value is 600.</summary>
    public int StrangerRecordsPerMinute { get; init; } = 600;

    /// <summary>Receivers that this node's records are sent to by syslog.</summary>
    public IReadOnlyList<SyslogOptions> Syslog { get; init; } = [];
}
