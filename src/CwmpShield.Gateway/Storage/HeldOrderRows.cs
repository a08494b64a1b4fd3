using System.Data.Common;
using CwmpShield.Core.Cwmp;

namespace CwmpShield.Gateway.Storage;

/// <summary>Reads rows of the table of held orders.</summary>
internal static class HeldOrderRows
{
    private const string Columns = """
        SELECT id, oui, product_class, serial_number, digest, rpc, rules, subjects, status, first_seen, last_seen, times, release_until, ticket
          FROM held_order WHERE 
        """;

    /// <summary>The rows that fit <paramref name="condition"/>.</summary>
    public static ValueTask<IReadOnlyList<HeldOrder>> ReadAsync(StoreCommands commands, string condition, params ReadOnlySpan<(string Name, object? Value)> values) =>
        commands.QueryAsync(Columns + condition, Row, values);

    /// <summary>A list as one text, an element a line; elements have no line breaks.</summary>
    public static string Lines(IReadOnlyList<string> elements) => string.Join('\n', elements);

    private static HeldOrder Row(DbDataReader reader) => new()
    {
        Number = reader.GetInt64(0),
        Device = new DeviceId(reader.GetString(1), reader.GetString(2), reader.GetString(3)),
        Digest = reader.GetString(4),
        Rpc = reader.GetString(5),
        Rules = Elements(reader.GetString(6)),
        Subjects = Elements(reader.GetString(7)),
        Status = Enum.TryParse<HeldStatus>(reader.GetString(8), ignoreCase: true, out var status) ? status : HeldStatus.Held,
        FirstSeen = reader.Time(9),
        LastSeen = reader.Time(10),
        Times = reader.GetInt64(11),
        ReleaseUntil = reader.TimeOrNull(12),
        Ticket = reader.GetString(13),
    };

    private static string[] Elements(string lines) => lines.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
