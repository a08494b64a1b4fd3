using CwmpShield.Core.Audit;

namespace CwmpShield.Gateway.Auditing;

/// <summary>How many records of one sort there are in one hour.</summary>
/// <param name="Hour">Beginning of the hour.</param>
/// <param name="Kind">Kind of record.</param>
/// <param name="Message">Name of the message, <c>vendor</c> for those that are no method of TR-069.</param>
/// <param name="Verdict">The verdict.</param>
/// <param name="Rule">First rule that held.</param>
/// <param name="Reason">First reason.</param>
/// <param name="Model">Model of the device.</param>
/// <param name="Strength">Strength of its identity.</param>
/// <param name="Records">How many events.</param>
public sealed record LedgerTally(
    DateTimeOffset Hour, AuditKind Kind, string Message, string Verdict, string Rule, string Reason, string Model, string Strength, long Records)
{
    /// <summary>Milliseconds.</summary>
    internal const long HourLength = 3_600_000;

    /// <summary>The rows that count <paramref name="rows"/>.</summary>
    internal static List<object?[]> Of(IReadOnlyList<LedgerRow> rows)
    {
        var counts = new Dictionary<(long, long, AuditKind, string, string, string, string, string, string), long>();
        foreach (var row in rows)
        {
            var record = row.Record;
            var hour = Math.DivRem(record.At.ToUnixTimeMilliseconds(), HourLength).Quotient * HourLength;
            var key = (
                hour,
                row.Chain,
                record.Kind,
                Known(record.Message),
                AuditColumns.Text(record.Verdict),
                AuditColumns.Text(LedgerRow.First(record.Rules)),
                AuditColumns.Text(LedgerRow.First(record.Reasons)),
                AuditColumns.Text(record.Model),
                AuditColumns.Text(record.Strength));
            counts[key] = counts.GetValueOrDefault(key) + record.Count;
        }

        return [.. counts.Select(one => new object?[]
        {
            one.Key.Item1, one.Key.Item2, AuditKindName.Of(one.Key.Item3), one.Key.Item4, one.Key.Item5, one.Key.Item6, one.Key.Item7, one.Key.Item8, one.Key.Item9, one.Value,
        })];
    }

    /// <summary>Names that strangers make up get no rows of their own.</summary>
    internal static string Known(string message) => message.Length == 0 || Core.Cwmp.RpcCatalogue.IsMethodName(message) ? message : "vendor";
}
