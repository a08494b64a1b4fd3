using System.Globalization;
using CwmpShield.Core.Audit;

namespace CwmpShield.Gateway.Auditing.Verifying;

/// <summary>What the record of a prune says.</summary>
/// <param name="At">Place of the record in its own chain.</param>
/// <param name="Node">Chain that was pruned.</param>
/// <param name="Through">Last place that was removed.</param>
/// <param name="Head">Hash of that record, lower-case hexadecimal.</param>
internal sealed record PruneRecord(long At, string Node, long Through, string Head)
{
    /// <summary>What the record's subject says.</summary>
    public static string Subject(string node, long through, string head) => string.Create(CultureInfo.InvariantCulture, $"{node} {through} {head}");

    /// <summary>Reads a record; null when it tells of no prune.</summary>
    public static PruneRecord? Read(AuditRecord record) =>
        record.Kind == AuditKind.Pruned && record.Subject.Split(' ') is [var node, var place, var head]
        && long.TryParse(place, NumberStyles.None, CultureInfo.InvariantCulture, out var through)
            ? new PruneRecord(record.Sequence, node, through, head)
            : null;
}
