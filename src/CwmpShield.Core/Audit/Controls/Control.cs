namespace CwmpShield.Core.Audit.Controls;

/// <summary>One control of a scheme, and what the gateway's records say to it.</summary>
public sealed record Control
{
    /// <summary>Its id in the scheme (<c>5.3-10</c>, <c>AU-9</c>).</summary>
    public required string Id { get; init; }

    /// <summary>What it is about, in a few words of ours.</summary>
    public required string Title { get; init; }

    /// <summary>What the gateway does towards it, or why it does nothing, in words of ours.</summary>
    public required string Statement { get; init; }

    /// <summary>How far the records speak to it.</summary>
    public required ControlCoverage Coverage { get; init; }

    /// <summary>Words of <see cref="EvidenceQuery"/>; none where nothing is covered.</summary>
    public required IReadOnlyList<string> Evidence { get; init; }

    /// <summary>Rules for <see cref="EvidenceQuery.RefusedByRule"/>; one with <c>*</c> at the end means all that begin so.</summary>
    public required IReadOnlyList<string> Rules { get; init; }

    /// <summary>What an auditor still has to see elsewhere; required unless the coverage says enough.</summary>
    public required string Elsewhere { get; init; }

    /// <summary>Where id and subject were read.</summary>
    public required string Source { get; init; }

    /// <summary>Whether id and subject were held against the scheme's own text or a published copy of it.</summary>
    public required bool IsConfirmed { get; init; }

    /// <summary>Whether a rule is one of <see cref="Rules"/>.</summary>
    public bool Names(string rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return Rules.Any(one => one.EndsWith('*') ? rule.StartsWith(one[..^1], StringComparison.Ordinal) : string.Equals(rule, one, StringComparison.Ordinal));
    }
}
