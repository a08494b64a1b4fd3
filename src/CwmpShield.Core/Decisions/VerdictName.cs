namespace CwmpShield.Core.Decisions;

/// <summary>The words for <see cref="Verdict"/> in records, metrics and pages.</summary>
public static class VerdictName
{
    /// <summary>The word for a verdict.</summary>
    public static string Of(Verdict verdict) => verdict switch
    {
        Verdict.Forward => "forward",
        Verdict.Observe => "observe",
        Verdict.Neutralise => "neutralise",
        Verdict.Hold => "hold",
        Verdict.Quarantine => "quarantine",
        _ => "deny",
    };
}
