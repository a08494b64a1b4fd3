using System.Data.Common;
using CwmpShield.Core.Audit;

namespace CwmpShield.Gateway.Auditing.Verifying;

/// <summary>A row of the ledger as it stands in the store, believed in nothing.</summary>
/// <param name="Sequence">Place.</param>
/// <param name="Columns">The columns beside the bytes.</param>
/// <param name="Body">The bytes.</param>
/// <param name="Hash">The chain's head with them.</param>
internal sealed record StoredRecord(long Sequence, AuditColumns Columns, byte[] Body, byte[] Hash)
{
    /// <summary>What <see cref="Read"/> expects.</summary>
    public const string Names = "seq, at, kind, refused, device, model, session, source, message, verdict, rule, reason, actor, body, hash";

    /// <summary>Reads a row.</summary>
    public static StoredRecord Read(DbDataReader row) => new(
        row.GetInt64(0),
        new AuditColumns(
            row.GetInt64(1), row.GetString(2), row.GetInt64(3) != 0, row.GetString(4), row.GetString(5), row.GetString(6), row.GetString(7), row.GetString(8),
            row.GetString(9), row.GetString(10), row.GetString(11), row.GetString(12)),
        row.GetFieldValue<byte[]>(13),
        row.GetFieldValue<byte[]>(14));

    /// <summary>Names the columns that are not those of <paramref name="record"/>.</summary>
    public IEnumerable<string> Differing(AuditRecord record)
    {
        var said = AuditColumns.Of(record);
        (string Name, bool IsSame)[] all =
        [
            ("at", said.At == Columns.At), ("kind", Same(said.Kind, Columns.Kind) || record.Kind == AuditKind.Unknown), ("refused", said.IsRefusal == Columns.IsRefusal || record.Kind == AuditKind.Unknown),
            ("device", Same(said.Device, Columns.Device)), ("model", Same(said.Model, Columns.Model)), ("session", Same(said.Session, Columns.Session)),
            ("source", Same(said.Source, Columns.Source)), ("message", Same(said.Message, Columns.Message)), ("verdict", Same(said.Verdict, Columns.Verdict)),
            ("rule", Same(said.Rule, Columns.Rule)), ("reason", Same(said.Reason, Columns.Reason)), ("actor", Same(said.Actor, Columns.Actor)),
        ];
        return all.Where(one => !one.IsSame).Select(one => one.Name);
    }

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.Ordinal);
}
