using CwmpShield.Core.Cwmp;

namespace CwmpShield.Core.Decisions;

/// <summary>The judgement on one message, with everything needed to explain it.</summary>
public sealed record Decision
{
    /// <summary>What becomes of the message.</summary>
    public Verdict Verdict { get; init; }

    /// <summary>Reason ids (kebab-case, closed list), most important first; empty when forwarded without remark.</summary>
    public IReadOnlyList<string> Reasons { get; init; } = [];

    /// <summary>Rules that held, refusing ones first.</summary>
    public IReadOnlyList<RuleHit> Hits { get; init; } = [];

    /// <summary>CWMP fault for a refusal towards the ACS; ACS-style (8xxx) towards a device.</summary>
    public CwmpFault? Fault { get; init; }

    /// <summary>SHA-256 (hex) of the rule set that judged; empty when the message was refused before rules were asked.</summary>
    public string RuleSetHash { get; init; } = "";

    /// <summary>SHA-256 (hex) of the canonical bytes before values were neutralised, or of the body as it came where its text was repaired; empty when neither was.</summary>
    public string OriginalHash { get; init; } = "";

    /// <summary>Whether a rule that stands asks for the device's quarantine, whatever else decided the verdict.</summary>
    public bool Quarantines => Verdict != Verdict.Observe && Hits.Any(h => h is { Verdict: Verdict.Quarantine, Exception: null });

    /// <summary>Refuses an order for a reason that no rule gives: 9001, with the reason in its text.</summary>
    public static Decision RefusedOrder(string reason) => new() { Reasons = [reason], Fault = FaultChoice.Unreadable(Direction.AcsToCpe, reason) };

    /// <summary>Whether the message goes on (neutralised, observed or untouched).</summary>
    public bool Forwards => Verdict is Verdict.Neutralise or Verdict.Observe or Verdict.Forward;
}

/// <summary>One rule that held for a message.</summary>
/// <param name="RuleId">Stable rule id.</param>
/// <param name="Verdict">What the rule asks for, before the global mode.</param>
/// <param name="Parameter">Parameter on which its conditions held; empty when it is not about one.</param>
/// <param name="Exception">Ticket of the exception that lifted the rule, null when it stands.</param>
public sealed record RuleHit(string RuleId, Verdict Verdict, string Parameter = "", string? Exception = null);
