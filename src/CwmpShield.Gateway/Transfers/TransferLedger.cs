using CwmpShield.Core.Cwmp;
using CwmpShield.Gateway.Storage;

namespace CwmpShield.Gateway.Transfers;

/// <summary>
/// The transfers of the store, from order to outcome. Bounded: of one device the newest are kept. Every member throws
/// <see cref="RegistryUnavailableException"/> when the store cannot be asked or written; then nothing was written.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="maxOpen">Transfers of one device that may be open at one time; older ones are superseded.</param>
internal sealed class TransferLedger(Store store, int maxOpen = 32)
{
    /// <summary>How long a transfer whose outcome is known is still known by its CommandKey: devices repeat what was not acknowledged.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(14);

    /// <summary>Writes down transfers of one order before it goes to its device; their numbers.</summary>
    /// <param name="records">The transfers, with the limit of their rollout: share of failures, 100 for none.</param>
    /// <param name="cancellationToken">Stops the work; nothing is half-written.</param>
    public ValueTask<IReadOnlyList<long>> OpenAsync(IReadOnlyList<(TransferRecord Record, int LimitPercent)> records, CancellationToken cancellationToken) => store.WriteAsync<IReadOnlyList<long>>(
        async commands =>
        {
            var numbers = new List<long>(records.Count);
            foreach (var (record, limit) in records)
            {
                numbers.Add(await TransferRows.AddAsync(commands, record));
                if (record.Artefact.Length > 0)
                {
                    await RolloutRows.OrderedAsync(commands, record, limit);
                }
            }

            await commands.ExecuteAsync(
                $"""
                UPDATE transfer SET status = 'superseded', ended_at = @now
                 WHERE {TransferRows.OfDevice} AND status = 'ordered'
                   AND id <= (SELECT id FROM transfer WHERE {TransferRows.OfDevice} AND status = 'ordered' ORDER BY id DESC LIMIT 1 OFFSET @most)
                """,
                [.. TransferRows.Device(records[0].Record.Device), ("@now", records[0].Record.OrderedAt.ToUnixTimeMilliseconds()), ("@most", (long)maxOpen)]);
            return numbers;
        },
        cancellationToken);

    /// <summary>The order never reached its device.</summary>
    public ValueTask<bool> DropAsync(IReadOnlyList<long> numbers, CancellationToken cancellationToken) => store.WriteAsync(
        async commands =>
        {
            foreach (var number in numbers)
            {
                if (await FindAsync(commands, number) is { Artefact.Length: > 0 } record)
                {
                    await RolloutRows.DroppedAsync(commands, record);
                }

                await commands.ExecuteAsync("DELETE FROM transfer WHERE id = @id", ("@id", number));
            }

            return true;
        },
        cancellationToken);

    /// <summary>One transfer, null when there is none of this number.</summary>
    public ValueTask<TransferRecord?> FindAsync(long number, CancellationToken cancellationToken) =>
        store.ReadAsync(commands => FindAsync(commands, number), cancellationToken);

    /// <summary>Transfers of a device that are open, or whose outcome is not long known; the newest first.</summary>
    public ValueTask<IReadOnlyList<TransferRecord>> OfDeviceAsync(DeviceId device, DateTimeOffset now, CancellationToken cancellationToken) => store.ReadAsync(
        commands => TransferRows.ReadAsync(
            commands,
            $"{TransferRows.OfDevice} AND (status IN ('ordered', 'complete', 'confirmed') OR ended_at > @since) ORDER BY id DESC LIMIT 64",
            [.. TransferRows.Device(device), ("@since", (now - Remembered).ToUnixTimeMilliseconds())]),
        cancellationToken);

    /// <summary>Writes an outcome down and takes it into the rollout, if the transfer still has the status that it was judged by.</summary>
    /// <returns>Null where it had another status already; else whether this outcome has halted the rollout.</returns>
    public ValueTask<bool?> EndAsync(TransferRecord record, TransferStatus status, int fault, bool? isSuccess, DateTimeOffset now, CancellationToken cancellationToken) => store.WriteAsync<bool?>(
        async commands =>
        {
            var isMine = await commands.ExecuteAsync(
                "UPDATE transfer SET status = @status, fault = @fault, ended_at = @now WHERE id = @id AND status = @before",
                ("@id", record.Number),
                ("@before", TransferRows.Word(record.Status)),
                ("@status", TransferRows.Word(status)),
                ("@fault", (long)fault),
                ("@now", now.ToUnixTimeMilliseconds())) == 1;
            return !isMine ? null
                : isSuccess is { } success && record.Artefact.Length > 0 && await RolloutRows.CountAsync(commands, record, success, now);
        },
        cancellationToken);

    /// <summary>Transfers whose time is over, some of them.</summary>
    public ValueTask<IReadOnlyList<TransferRecord>> OverdueAsync(DateTimeOffset now, CancellationToken cancellationToken) => store.ReadAsync(
        commands => TransferRows.ReadAsync(
            commands,
            "expires_at <= @now AND (status = 'ordered' OR (status = 'complete' AND firmware = 1)) ORDER BY expires_at LIMIT 500",
            ("@now", now.ToUnixTimeMilliseconds())),
        cancellationToken);

    /// <summary>Whether the device was given the same artefact once more since.</summary>
    public ValueTask<bool> WasOrderedAgainAsync(TransferRecord record, CancellationToken cancellationToken) => store.ReadAsync(
        async commands => await commands.ScalarAsync(
            $"SELECT 1 FROM transfer WHERE {TransferRows.OfDevice} AND id > @id AND artefact = @artefact AND rpc = @rpc LIMIT 1",
            [.. TransferRows.Device(record.Device), ("@id", record.Number), ("@artefact", record.Artefact), ("@rpc", record.Rpc)]) is not null,
        cancellationToken);

    /// <summary>Forgets outcomes, some of them: of artefacts those that ended before <paramref name="before"/>, of other files when their CommandKey need not be known any more. A device's confirmed version is kept.</summary>
    public ValueTask<int> ForgetAsync(DateTimeOffset before, DateTimeOffset now, CancellationToken cancellationToken) => store.WriteAsync(
        commands => commands.ExecuteAsync(
            """
            DELETE FROM transfer WHERE id IN (
                SELECT id FROM transfer
                 WHERE (ended_at < @before OR (ended_at < @known AND artefact = '')) AND status NOT IN ('ordered', 'confirmed') ORDER BY ended_at LIMIT 1000)
            """,
            ("@before", before.ToUnixTimeMilliseconds()),
            ("@known", (now - Remembered).ToUnixTimeMilliseconds())),
        cancellationToken);

    private static async ValueTask<TransferRecord?> FindAsync(StoreCommands commands, long number) =>
        (await TransferRows.ReadAsync(commands, "id = @id", ("@id", number))).SingleOrDefault();
}
