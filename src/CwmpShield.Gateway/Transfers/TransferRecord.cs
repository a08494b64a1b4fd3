using CwmpShield.Core.Cwmp;

namespace CwmpShield.Gateway.Transfers;

/// <summary>One order that tells a device to fetch or to send a file, and what has come of it.</summary>
public sealed record TransferRecord
{
    /// <summary>Its number; 0 before it is written down.</summary>
    public long Number { get; init; }

    /// <summary>The device.</summary>
    public required DeviceId Device { get; init; }

    /// <summary>Name of the method.</summary>
    public required string Rpc { get; init; }

    /// <summary>The order's CommandKey; empty when it has none.</summary>
    public string CommandKey { get; init; } = "";

    /// <summary>Name of the artefact; empty where no manifest lists the file.</summary>
    public string Artefact { get; init; } = "";

    /// <summary>SHA-256 of the artefact.</summary>
    public string Sha256 { get; init; } = "";

    /// <summary>Size of the artefact in bytes.</summary>
    public long Size { get; init; }

    /// <summary>Where the ACS has it, for the mirror; empty where the mirror has nothing to do with it.</summary>
    public string Url { get; init; } = "";

    /// <summary>Version of the artefact.</summary>
    public string Version { get; init; } = "";

    /// <summary>Version that the device informed when it was ordered.</summary>
    public string PreviousVersion { get; init; } = "";

    /// <summary>Whether the device will inform <see cref="Version"/> afterwards.</summary>
    public bool IsFirmware { get; init; }

    /// <summary>Whether the device was given the mirror's URL: it gets the bytes that were verified.</summary>
    public bool IsVerified { get; init; }

    /// <summary>Whether the device had proven who it is when it was given the order; else its outcome counts for nothing in a rollout.</summary>
    public bool IsProven { get; init; } = true;

    /// <summary>How far it has come.</summary>
    public TransferStatus Status { get; init; }

    /// <summary>FaultCode that the device gave; 0 when none.</summary>
    public int Fault { get; init; }

    /// <summary>When it was ordered.</summary>
    public DateTimeOffset OrderedAt { get; init; }

    /// <summary>When it counts as failed without a word of the device.</summary>
    public DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When its outcome was known; null while it isn't.</summary>
    public DateTimeOffset? EndedAt { get; init; }
}

/// <summary>How far a transfer has come.</summary>
public enum TransferStatus
{
    /// <summary>Given to the device, which has said nothing of its outcome.</summary>
    Ordered = 0,

    /// <summary>The device reports success; for firmware the version in its next Inform is waited for.</summary>
    Complete,

    /// <summary>The device informs the version that it was given.</summary>
    Confirmed,

    /// <summary>The device reports failure.</summary>
    Failed,

    /// <summary>Nothing was heard in time.</summary>
    TimedOut,

    /// <summary>The device reports success and informs another version.</summary>
    Mismatch,

    /// <summary>A later order or outcome took its place; it counts for nothing.</summary>
    Superseded,
}
