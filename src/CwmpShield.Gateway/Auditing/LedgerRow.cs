using CwmpShield.Core.Audit;
using CwmpShield.Core.Audit.Export;

namespace CwmpShield.Gateway.Auditing;

/// <summary>A record as the store keeps it.</summary>
/// <param name="Chain">The chain's number in the store.</param>
/// <param name="Sequence">Place in the chain.</param>
/// <param name="Record">The record.</param>
/// <param name="Body">The bytes that are hashed.</param>
/// <param name="Hash">The chain's head with this record.</param>
public sealed record LedgerRow(long Chain, long Sequence, AuditRecord Record, byte[] Body, byte[] Hash)
{
    /// <summary>The record for those outside: of the place where the store has it, whatever its body says.</summary>
    internal AuditExportRow Export(string node) => new(Record with { Node = node, Sequence = Sequence }, Body, Hash);

    /// <summary>The columns beside body and hash, in the order of <see cref="LedgerRows.Columns"/>: what records are found by.</summary>
    internal object?[] Values()
    {
        var columns = AuditColumns.Of(Record);
        return
        [
            Chain, Sequence, columns.At, columns.Kind, columns.IsRefusal ? 1L : 0L, columns.Device, columns.Model, columns.Session, columns.Source, columns.Message,
            columns.Verdict, columns.Rule, columns.Reason, columns.Actor, Body, Hash,
        ];
    }

    internal static string First(IReadOnlyList<string> words) => words.Count > 0 ? words[0] : "";
}
