using CwmpShield.Core.Cwmp;

namespace CwmpShield.Gateway.Storage;

/// <summary>An order that a rule holds until an operator decides; no value of it is kept.</summary>
public sealed record HeldOrder
{
    /// <summary>Row number; stable, never reused.</summary>
    public required long Number { get; init; }

    /// <summary>Whom it was for.</summary>
    public required DeviceId Device { get; init; }

    /// <summary>Which order it is (<see cref="Core.Decisions.OrderFingerprint"/>).</summary>
    public required string Digest { get; init; }

    /// <summary>Name of the method.</summary>
    public required string Rpc { get; init; }

    /// <summary>Ids of the rules that hold it.</summary>
    public required IReadOnlyList<string> Rules { get; init; }

    /// <summary>Parameters that it names, and where its transfers go; bounded.</summary>
    public required IReadOnlyList<string> Subjects { get; init; }

    /// <summary>What the operator has decided.</summary>
    public required HeldStatus Status { get; init; }

    /// <summary>When it was first ordered.</summary>
    public required DateTimeOffset FirstSeen { get; init; }

    /// <summary>When it was last ordered.</summary>
    public required DateTimeOffset LastSeen { get; init; }

    /// <summary>How often it was refused.</summary>
    public required long Times { get; init; }

    /// <summary>End of the release; null while there was none.</summary>
    public DateTimeOffset? ReleaseUntil { get; init; }

    /// <summary>The operator's ticket; empty for none.</summary>
    public string Ticket { get; init; } = "";
}

/// <summary>What an operator has decided about a held order. The default value is refusal.</summary>
public enum HeldStatus
{
    /// <summary>Nothing yet: it is refused.</summary>
    Held = 0,

    /// <summary>It may pass once, until the release ends.</summary>
    Released,

    /// <summary>It has passed; ordered again, it is held again.</summary>
    Passed,

    /// <summary>It stays refused, and asks for no attention when it is ordered again.</summary>
    Rejected,
}

/// <summary>A held order as it is seen at the gateway.</summary>
/// <param name="Device">Whom it is for.</param>
/// <param name="Digest">Which order it is.</param>
/// <param name="Rpc">Name of the method.</param>
/// <param name="Rules">Ids of the rules that hold it.</param>
/// <param name="Subjects">Parameters that it names, and where its transfers go.</param>
/// <param name="At">When.</param>
/// <param name="MayPass">Whether a release may be spent on it: the device is there to take it.</param>
public sealed record HeldSighting(
    DeviceId Device, string Digest, string Rpc, IReadOnlyList<string> Rules, IReadOnlyList<string> Subjects, DateTimeOffset At, bool MayPass);
