using System.Data.Common;
using CwmpShield.Core.Cwmp;
using CwmpShield.Gateway.Storage;

namespace CwmpShield.Gateway.Transfers;

/// <summary>Reads and writes rows of the table of transfers.</summary>
internal static class TransferRows
{
    /// <summary>Condition: rows of one device.</summary>
    public const string OfDevice = "serial_number = @serial AND product_class = @class AND oui = @oui";

    private const string Columns = """
        SELECT id, oui, product_class, serial_number, rpc, command_key, artefact, sha256, size, url, version, firmware, verified, status, fault,
               ordered_at, expires_at, ended_at, previous, proven
          FROM transfer WHERE 
        """;

    private const string Insert = """
        INSERT INTO transfer (oui, product_class, serial_number, rpc, command_key, artefact, sha256, size, url, version, previous, firmware, verified, proven,
                              status, ordered_at, expires_at)
        VALUES (@oui, @class, @serial, @rpc, @key, @artefact, @sha256, @size, @url, @version, @previous, @firmware, @verified, @proven, 'ordered', @now, @expires)
        RETURNING id
        """;

    /// <summary>The rows that fit <paramref name="condition"/>.</summary>
    public static ValueTask<IReadOnlyList<TransferRecord>> ReadAsync(
        StoreCommands commands, string condition, params ReadOnlySpan<(string Name, object? Value)> values) => commands.QueryAsync(Columns + condition, Row, values);

    /// <summary>Writes a new row; its number.</summary>
    public static async ValueTask<long> AddAsync(StoreCommands commands, TransferRecord record) => (long)(await commands.ScalarAsync(
        Insert,
        [
            .. Device(record.Device),
            ("@rpc", record.Rpc),
            ("@key", record.CommandKey),
            ("@artefact", record.Artefact),
            ("@sha256", record.Sha256),
            ("@size", record.Size),
            ("@url", record.Url),
            ("@version", record.Version),
            ("@previous", record.PreviousVersion),
            ("@firmware", record.IsFirmware ? 1L : 0L),
            ("@verified", record.IsVerified ? 1L : 0L),
            ("@proven", record.IsProven ? 1L : 0L),
            ("@now", record.OrderedAt.ToUnixTimeMilliseconds()),
            ("@expires", record.ExpiresAt.ToUnixTimeMilliseconds()),
        ]))!;

    /// <summary>Values of <see cref="OfDevice"/>.</summary>
    public static (string Name, object? Value)[] Device(DeviceId device) =>
        [("@oui", device.Oui.ToUpperInvariant()), ("@class", device.ProductClass), ("@serial", device.SerialNumber)];

    /// <summary>The word for a status: <c>timed-out</c>.</summary>
    public static string Word(TransferStatus status) => status == TransferStatus.TimedOut ? "timed-out" : status.ToString().ToLowerInvariant();

    private static TransferRecord Row(DbDataReader reader) => new()
    {
        Number = reader.GetInt64(0),
        Device = new DeviceId(reader.GetString(1), reader.GetString(2), reader.GetString(3)),
        Rpc = reader.GetString(4),
        CommandKey = reader.GetString(5),
        Artefact = reader.GetString(6),
        Sha256 = reader.GetString(7),
        Size = reader.GetInt64(8),
        Url = reader.GetString(9),
        Version = reader.GetString(10),
        IsFirmware = reader.GetInt64(11) != 0,
        IsVerified = reader.GetInt64(12) != 0,
        Status = Enum.TryParse<TransferStatus>(reader.GetString(13).Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out var status)
            ? status
            : TransferStatus.Superseded,
        Fault = (int)reader.GetInt64(14),
        OrderedAt = reader.Time(15),
        ExpiresAt = reader.Time(16),
        EndedAt = reader.TimeOrNull(17),
        PreviousVersion = reader.GetString(18),
        IsProven = reader.GetInt64(19) != 0,
    };
}
