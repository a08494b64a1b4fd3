namespace CwmpShield.Core.Audit;

/// <summary>The words for <see cref="AuditKind"/> in records, on the command line and in metrics.</summary>
public static class AuditKindName
{
    /// <summary>Every word, in the order of the kinds.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "unknown", "node-started", "node-ended", "pruned", "summarised", "order-intent", "order-outcome", "order-refused", "order-held", "message-refused",
        "authentication-failed", "quarantined", "rules-changed", "manifest-changed", "configuration-changed", "operator-action", "mirror-rewrite", "drift",
        "fail-closed", "break-glass",
    ];

    /// <summary>The word for a kind.</summary>
    public static string Of(AuditKind kind) => All[(int)kind];

    /// <summary>The kind of a word; <see cref="AuditKind.Unknown"/> for a word that this version does not know.</summary>
    public static AuditKind Parse(string word)
    {
        for (var i = 0; i < All.Count; i++)
        {
            if (string.Equals(All[i], word, StringComparison.Ordinal))
            {
                return (AuditKind)i;
            }
        }

        return AuditKind.Unknown;
    }
}
