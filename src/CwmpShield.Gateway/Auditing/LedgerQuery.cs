using CwmpShield.Core.Audit;

namespace CwmpShield.Gateway.Auditing;

/// <summary>Which records are wanted. Texts that are empty, and lists without a word, ask for nothing.</summary>
public sealed record LedgerQuery
{
    /// <summary>From this time on; null for the beginning.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Before this time; null for the end.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Only what was refused.</summary>
    public bool RefusedOnly { get; init; }

    /// <summary>Only these kinds.</summary>
    public IReadOnlyList<AuditKind> Kinds { get; init; } = [];

    /// <summary>Only of this node.</summary>
    public string Node { get; init; } = "";

    /// <summary>Only of this device, <c>OUI-ProductClass-SerialNumber</c>; with <c>*</c> at the end, of all that begin so.</summary>
    public string Device { get; init; } = "";

    /// <summary>Only of this model.</summary>
    public string Model { get; init; } = "";

    /// <summary>Only of this session.</summary>
    public string Session { get; init; } = "";

    /// <summary>Only from this address.</summary>
    public string Source { get; init; } = "";

    /// <summary>Only this message.</summary>
    public string Message { get; init; } = "";

    /// <summary>Only this verdict.</summary>
    public string Verdict { get; init; } = "";

    /// <summary>Only where this rule was the first to hold.</summary>
    public string Rule { get; init; } = "";

    /// <summary>Only with this reason as the first.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Only of this operator.</summary>
    public string Actor { get; init; } = "";

    /// <summary>Oldest first, instead of newest first.</summary>
    public bool OldestFirst { get; init; }

    /// <summary>The last record of the page before, null for the first page.</summary>
    public LedgerPlace? After { get; init; }

    /// <summary>Records at most, 1–1,000.</summary>
    public int Limit { get; init; } = 50;
}

/// <summary>Where a record stands among all, in the order of time.</summary>
/// <param name="At">When, Unix milliseconds.</param>
/// <param name="Chain">Chain.</param>
/// <param name="Sequence">Place in the chain.</param>
public sealed record LedgerPlace(long At, long Chain, long Sequence)
{
    /// <summary>The place of a record.</summary>
    public static LedgerPlace Of(LedgerRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return new(row.Record.At.ToUnixTimeMilliseconds(), row.Chain, row.Sequence);
    }

    /// <summary>As three numbers with dots.</summary>
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{At}.{Chain}.{Sequence}");

    /// <summary>Reads <see cref="ToString"/>; null when it is something else.</summary>
    public static LedgerPlace? Parse(string text) =>
        text.Split('.') is [var at, var chain, var sequence] && Number(at) is { } one && Number(chain) is { } two && Number(sequence) is { } three ? new(one, two, three) : null;

    private static long? Number(string text) =>
        long.TryParse(text, System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : null;
}
