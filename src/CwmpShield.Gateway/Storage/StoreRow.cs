using System.Data.Common;

namespace CwmpShield.Gateway.Storage;

/// <summary>Reads columns of a row: NULL is null, instants are Unix milliseconds.</summary>
internal static class StoreRow
{
    public static string? Text(this DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    public static DateTimeOffset Time(this DbDataReader reader, int column) => DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(column));

    public static DateTimeOffset? TimeOrNull(this DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.Time(column);

    /// <summary>A list that was joined by commas; none for NULL.</summary>
    public static string[] List(this DbDataReader reader, int column) => reader.Text(column)?.Split(',') ?? [];
}
