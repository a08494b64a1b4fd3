using System.Data.Common;
using CwmpShield.Gateway.Storage;

namespace CwmpShield.Gateway.Transfers;

/// <summary>Reads and writes rows of the table of rollouts, within a transaction of whoever calls.</summary>
internal static class RolloutRows
{
    /// <summary>Devices that must have failed before a share of failures says anything.</summary>
    public const int MinFailures = 2;

    private const string Same = "artefact = @artefact AND sha256 = @sha256";

    private const string Columns =
        "SELECT artefact, sha256, status, reason, ticket, since, orders, successes, failures, limit_percent FROM rollout WHERE ";

    /// <summary>The rollouts that fit <paramref name="condition"/>.</summary>
    public static ValueTask<IReadOnlyList<Rollout>> ReadAsync(StoreCommands commands, string condition, params ReadOnlySpan<(string Name, object? Value)> values) =>
        commands.QueryAsync(Columns + condition, Row, values);

    /// <summary>An order goes out, under the ring's limit.</summary>
    public static ValueTask<int> OrderedAsync(StoreCommands commands, TransferRecord record, int limitPercent) => commands.ExecuteAsync(
        """
        INSERT INTO rollout (artefact, sha256, since, failures_from, orders, limit_percent) VALUES (@artefact, @sha256, @now, @now, 1, @limit)
            ON CONFLICT (artefact, sha256) DO UPDATE SET orders = rollout.orders + 1, limit_percent = excluded.limit_percent
        """,
        ("@artefact", record.Artefact),
        ("@sha256", record.Sha256),
        ("@now", record.OrderedAt.ToUnixTimeMilliseconds()),
        ("@limit", (long)limitPercent));

    /// <summary>An order never reached its device.</summary>
    public static ValueTask<int> DroppedAsync(StoreCommands commands, TransferRecord record) => commands.ExecuteAsync(
        $"UPDATE rollout SET orders = orders - 1 WHERE {Same} AND orders > 0", ("@artefact", record.Artefact), ("@sha256", record.Sha256));

    /// <summary>
    /// Takes an outcome in: each device counts once as a success, and once as a failure since the rollout was resumed. Too large a share of
    /// failures halts it.
    /// </summary>
    /// <returns>Whether this outcome has halted it.</returns>
    public static async ValueTask<bool> CountAsync(StoreCommands commands, TransferRecord record, bool isSuccess, DateTimeOffset now)
    {
        // What it was counted as, not what it is now: a device that comes and goes must not count each time.
        var count = isSuccess ? "succeeded = 1" : "failed_at = @now";
        var counted = isSuccess ? "succeeded = 1" : $"failed_at >= (SELECT failures_from FROM rollout WHERE {Same})";
        (string Name, object? Value)[] values =
        [
            .. TransferRows.Device(record.Device),
            ("@artefact", record.Artefact),
            ("@sha256", record.Sha256),
            ("@id", record.Number),
            ("@now", now.ToUnixTimeMilliseconds()),
            ("@min", (long)MinFailures),
            ("@reason", TransferReason.RolloutHalted),
        ];
        var isNew = await commands.ExecuteAsync(
            $"UPDATE transfer SET {count} WHERE id = @id AND proven = 1 AND NOT EXISTS (SELECT 1 FROM transfer WHERE {TransferRows.OfDevice} AND {Same} AND {counted})",
            values) == 1;
        if (!isNew)
        {
            return false;
        }

        await commands.ExecuteAsync($"UPDATE rollout SET {(isSuccess ? "successes = successes + 1" : "failures = failures + 1")} WHERE {Same}", values);
        return await commands.ExecuteAsync(
            $"""
            UPDATE rollout SET status = 'halted', reason = @reason, since = @now, ticket = ''
             WHERE {Same} AND status = 'running' AND failures >= @min AND failures * 100 > limit_percent * (failures + successes)
            """,
            values) == 1;
    }

    private static Rollout Row(DbDataReader reader) => new()
    {
        Artefact = reader.GetString(0),
        Sha256 = reader.GetString(1),
        IsHalted = reader.GetString(2) != "running",
        Reason = reader.GetString(3),
        Ticket = reader.GetString(4),
        Since = reader.Time(5),
        Orders = reader.GetInt64(6),
        Successes = reader.GetInt64(7),
        Failures = reader.GetInt64(8),
        LimitPercent = reader.GetInt64(9),
    };
}
