namespace CwmpShield.Gateway.Transfers;

/// <summary>Signals about the outcome of transfers: in the decision feed and in metrics. They refuse nothing.</summary>
public static class TransferReason
{
    /// <summary>A device reports a transfer complete that nobody ordered.</summary>
    public const string Unordered = "transfer-unordered";

    /// <summary>After an update that it reported complete, a device informs another version than it was given.</summary>
    public const string VersionUnexpected = "version-unexpected";

    /// <summary>A device no longer informs the version that it was given, and nobody has ordered another.</summary>
    public const string VersionChanged = "version-changed";

    /// <summary>A device reports that a transfer failed.</summary>
    public const string Failed = "transfer-failed";

    /// <summary>A device has not reported a transfer complete, or has not come back after it, in time.</summary>
    public const string TimedOut = "transfer-timed-out";

    /// <summary>Too large a share of devices failed: the rollout is halted until an operator resumes it.</summary>
    public const string RolloutHalted = "rollout-halted";
}
