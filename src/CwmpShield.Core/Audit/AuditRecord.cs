namespace CwmpShield.Core.Audit;

/// <summary>
/// One record of the ledger: who ordered what, to whom, and what came of it. No secret is in it. Texts are empty, and numbers 0, where
/// they say nothing.
/// </summary>
public sealed record AuditRecord
{
    /// <summary>Node whose chain it is in; set by the chain.</summary>
    public string Node { get; init; } = "";

    /// <summary>Its place in the chain, from 1 without gaps; set by the chain.</summary>
    public long Sequence { get; init; }

    /// <summary>When it happened, by the node's clock, to the millisecond.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What it tells.</summary>
    public required AuditKind Kind { get; init; }

    /// <summary>The CWMP session, by a name that is no cookie.</summary>
    public string Session { get; init; } = "";

    /// <summary>The device: <c>OUI-ProductClass-SerialNumber</c>.</summary>
    public string Device { get; init; } = "";

    /// <summary>Its model: <c>OUI-ProductClass</c>, only of devices that have proven who they are.</summary>
    public string Model { get; init; } = "";

    /// <summary>Address that it came from.</summary>
    public string Source { get; init; } = "";

    /// <summary>How strongly the device has proven itself, in the word of <see cref="Identity.StrengthName"/>.</summary>
    public string Strength { get; init; } = "";

    /// <summary>Name of the message (<c>Download</c>, <c>SetParameterValues</c>, <c>Inform</c> …).</summary>
    public string Message { get; init; } = "";

    /// <summary>Its cwmp:ID, shortened to 64 characters.</summary>
    public string MessageId { get; init; } = "";

    /// <summary>SHA-256 (hex) of what the order does: <see cref="Decisions.OrderFingerprint"/>.</summary>
    public string Order { get; init; } = "";

    /// <summary>What it names, the first <see cref="MaxParameters"/>.</summary>
    public IReadOnlyList<AuditParameter> Parameters { get; init; } = [];

    /// <summary>How many more it names.</summary>
    public int ParametersLeftOut { get; init; }

    /// <summary>The file that it moves: URL without user, query and fragment, or the artefact's name.</summary>
    public string Artefact { get; init; } = "";

    /// <summary>What became of it (<c>forward</c>, <c>observe</c>, <c>neutralise</c>, <c>hold</c>, <c>quarantine</c>, <c>deny</c>).</summary>
    public string Verdict { get; init; } = "";

    /// <summary>Reason ids, most important first.</summary>
    public IReadOnlyList<string> Reasons { get; init; } = [];

    /// <summary>Rules that held and stand, refusing ones first.</summary>
    public IReadOnlyList<string> Rules { get; init; } = [];

    /// <summary>Tickets of the exceptions that lifted rules.</summary>
    public IReadOnlyList<string> Exceptions { get; init; } = [];

    /// <summary>SHA-256 (hex) of the rule set that judged.</summary>
    public string RuleSet { get; init; } = "";

    /// <summary>CWMP fault that was given, or that the device answered.</summary>
    public int Fault { get; init; }

    /// <summary>Who acted: an operator's account, or the system user at the command line.</summary>
    public string Actor { get; init; } = "";

    /// <summary>What was done, a stable word (<c>device-quarantine</c>, <c>answered</c>, <c>not-delivered</c> …).</summary>
    public string Action { get; init; } = "";

    /// <summary>What it was done to.</summary>
    public string Subject { get; init; } = "";

    /// <summary>A sentence for people, shortened to 512 characters.</summary>
    public string Detail { get; init; } = "";

    /// <summary>Sequence of the intent that this is the outcome of, 0 for none.</summary>
    public long Intent { get; init; }

    /// <summary>W3C trace id of the exchange.</summary>
    public string Trace { get; init; } = "";

    /// <summary>How many events it stands for.</summary>
    public long Count { get; init; } = 1;

    /// <summary>Parameters that one record names at most.</summary>
    public const int MaxParameters = 64;

    /// <summary>Whether it tells of something that was refused.</summary>
    public bool IsRefusal => Refuses(Kind);

    /// <summary>Whether records of a kind tell of something that was refused.</summary>
    internal static bool Refuses(AuditKind kind) =>
        kind is AuditKind.OrderRefused or AuditKind.OrderHeld or AuditKind.MessageRefused or AuditKind.AuthenticationFailed or AuditKind.Quarantined;
}
