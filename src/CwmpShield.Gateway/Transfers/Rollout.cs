namespace CwmpShield.Gateway.Transfers;

/// <summary>How far an artefact has come on its way to the devices.</summary>
public sealed record Rollout
{
    /// <summary>Name of the artefact.</summary>
    public required string Artefact { get; init; }

    /// <summary>SHA-256 of the artefact: another file under the same name is another rollout. Empty for an operator's word on every file of the name.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Whether orders for it are refused.</summary>
    public bool IsHalted { get; init; }

    /// <summary>Why it is halted: <see cref="TransferReason.RolloutHalted"/> or <c>operator</c>; empty while it runs.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The operator's ticket of the last decision.</summary>
    public string Ticket { get; init; } = "";

    /// <summary>Since when it has this status.</summary>
    public DateTimeOffset Since { get; init; }

    /// <summary>Orders that went to devices.</summary>
    public long Orders { get; init; }

    /// <summary>Devices that reported success.</summary>
    public long Successes { get; init; }

    /// <summary>Devices that failed since it began, or was resumed.</summary>
    public long Failures { get; init; }

    /// <summary>Share of failures, 0 to 100, above which it halts; 100 for never.</summary>
    public long LimitPercent { get; init; }
}
