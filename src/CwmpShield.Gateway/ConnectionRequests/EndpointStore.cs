using CwmpShield.Core.ConnectionRequests;
using CwmpShield.Core.Cwmp;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.Storage.Secrets;

namespace CwmpShield.Gateway.ConnectionRequests;

/// <summary>
/// How devices are called, in the store. Every member throws <see cref="RegistryUnavailableException"/> when the store cannot be asked
/// or written; then nothing was written.
/// </summary>
internal sealed class EndpointStore(Store store, SecretSeal seal, TimeProvider time)
{
    private const string Change = "endpoint";
    private const string TokenKeyName = "broker-token";

    /// <summary>How long a device that was seen at an address keeps it against one that only claims it.</summary>
    private static readonly TimeSpan Protection = TimeSpan.FromDays(1);

    /// <summary>The device of this registry key; null when there is none.</summary>
    public ValueTask<CallTarget?> FindAsync(long deviceKey) => FirstAsync("d.id = @id", ("@id", deviceKey));

    /// <summary>The device that was learned at exactly this URL; null when there is none.</summary>
    public ValueTask<CallTarget?> FindAsync(DeviceEndpoint endpoint) =>
        FirstAsync("e.place = @place AND e.url = @url", ("@place", endpoint.Place), ("@url", endpoint.Url));

    /// <summary>Devices with exactly this connection-request user, <paramref name="limit"/> at most; credentials without one have the device's own.</summary>
    public ValueTask<IReadOnlyList<CallTarget>> FindByUserAsync(string user, int limit, CancellationToken cancellationToken)
    {
        const string condition = """
            d.id IN (SELECT device_id FROM device_secret WHERE user_name = @user AND purpose LIKE 'connection-request%'
                     UNION SELECT id FROM device WHERE http_user = @user
                     UNION SELECT id FROM device WHERE http_user IS NULL AND oui = @oui AND product_class = @class AND serial_number = @serial)
            ORDER BY d.id LIMIT @limit
            """;
        var own = DeviceIdText.TryParse(user, out var device) ? device : null;
        return store.ReadAsync(
            commands => EndpointRows.TargetsAsync(
                commands,
                seal,
                time.GetUtcNow(),
                condition,
                ("@user", user),
                ("@oui", own?.Oui ?? ""),
                ("@class", own?.ProductClass ?? ""),
                ("@serial", own?.SerialNumber ?? ""),
                ("@limit", (long)limit)),
            cancellationToken);
    }

    /// <summary>Writes what a device told; other devices that were there are there no longer.</summary>
    /// <returns>The device's row after it, null when the device is gone; and the keys of those that were superseded.</returns>
    public ValueTask<(CallTarget? Target, IReadOnlyList<long> Superseded)> LearnAsync(EndpointSighting sighting, CancellationToken cancellationToken) =>
        store.WriteAsync<(CallTarget?, IReadOnlyList<long>)>(
            async commands =>
            {
                if (await commands.ScalarAsync("SELECT 1 FROM device WHERE id = @id", ("@id", sighting.DeviceKey)) is null)
                {
                    return (null, []);
                }

                var superseded = new List<long>();
                await EnsureAsync(commands, sighting.DeviceKey);
                if (sighting.Url is { } url)
                {
                    await LearnUrlAsync(commands, sighting, url, superseded);
                }

                if (sighting.Udp is { } udp)
                {
                    await LearnUdpAsync(commands, sighting, udp, superseded);
                }

                foreach (var changed in superseded.Append(sighting.DeviceKey))
                {
                    commands.Announce(new StoreChange(Change, changed));
                }

                var row = await EndpointRows.TargetsAsync(commands, seal, sighting.At, "d.id = @id", ("@id", sighting.DeviceKey));
                return (row.SingleOrDefault(), superseded);
            },
            cancellationToken);

    /// <summary>Makes every broker URL of the device that an ACS may hold nobody's; the new generation.</summary>
    public ValueTask<int> RevokeAsync(long deviceKey, CancellationToken cancellationToken) => store.WriteAsync(
        async commands =>
        {
            await EnsureAsync(commands, deviceKey);
            await commands.ExecuteAsync("UPDATE device_endpoint SET generation = generation + 1 WHERE device_id = @id", ("@id", deviceKey));
            commands.Announce(new StoreChange(Change, deviceKey));
            return Convert.ToInt32(await commands.ScalarAsync("SELECT generation FROM device_endpoint WHERE device_id = @id", ("@id", deviceKey)), null);
        },
        cancellationToken);

    /// <summary>Adds calls and what became of them to the devices' records, all of them or none.</summary>
    public ValueTask<bool> RecordAsync(IReadOnlyList<CallRecord> calls, IReadOnlyList<AnswerRecord> answers, CancellationToken cancellationToken) => store.WriteAsync(
        async commands =>
        {
            foreach (var call in calls)
            {
                await commands.ExecuteAsync(
                    "UPDATE device_endpoint SET calls = calls + 1, taken = taken + @taken, last_call_at = @at, last_outcome = @outcome WHERE device_id = @id",
                    ("@id", call.DeviceKey), ("@at", call.At.ToUnixTimeMilliseconds()), ("@outcome", call.Outcome), ("@taken", call.Outcome == CallRecord.Taken ? 1L : 0L));
            }

            foreach (var answer in answers)
            {
                await commands.ExecuteAsync(
                    answer.Latency is null
                        ? "UPDATE device_endpoint SET unanswered = unanswered + 1 WHERE device_id = @id"
                        : "UPDATE device_endpoint SET answered = answered + 1, unanswered = 0, last_latency = @latency WHERE device_id = @id",
                    ("@id", answer.DeviceKey), ("@latency", (long?)answer.Latency?.TotalMilliseconds));
            }

            return true;
        },
        cancellationToken);

    /// <summary>A page of devices in the order of their keys.</summary>
    /// <param name="afterKey">Key of the last row of the page before, 0 for the first page.</param>
    /// <param name="limit">Rows at most, 1–1,000.</param>
    /// <param name="filter">Which.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public ValueTask<IReadOnlyList<EndpointReport>> ListAsync(long afterKey, int limit, EndpointFilter filter, CancellationToken cancellationToken) => store.ReadAsync(
        commands => EndpointRows.ReportsAsync(
            commands,
            $"d.id > @after AND {EndpointRows.Condition(filter)} ORDER BY d.id LIMIT @limit",
            ("@after", afterKey),
            ("@limit", (long)Math.Clamp(limit, 1, 1000))),
        cancellationToken);

    /// <summary>What the store knows of one device's calls; null when there is no such device.</summary>
    public ValueTask<EndpointReport?> ReportAsync(long deviceKey, CancellationToken cancellationToken) => ReportAsync(store, deviceKey, cancellationToken);

    /// <summary>What <paramref name="store"/> knows of one device's calls; null when there is no such device.</summary>
    public static async ValueTask<EndpointReport?> ReportAsync(Store store, long deviceKey, CancellationToken cancellationToken) =>
        (await store.ReadAsync(commands => EndpointRows.ReportsAsync(commands, "d.id = @id", ("@id", deviceKey)), cancellationToken)).SingleOrDefault();

    /// <summary>The key of broker tokens: made once, and kept under the master key, so that ACSs' URLs outlive a change of that.</summary>
    public ValueTask<byte[]> TokenKeyAsync(CancellationToken cancellationToken) =>
        store.WriteAsync(commands => StoreKeyRows.KeyAsync(commands, seal, TokenKeyName), cancellationToken);

    /// <summary>Calls <paramref name="heard"/> with the key of each device whose endpoint, row or secrets have changed, on whatever node; null for all.</summary>
    public void Subscribe(Action<long?> heard) => store.Subscribe(change =>
    {
        if (change.What is null or "" or Change or StoreChange.Device)
        {
            heard(change is { What.Length: > 0, Key: > 0 } ? change.Key : null);
        }
    });

    private static ValueTask<int> EnsureAsync(StoreCommands commands, long deviceKey) =>
        commands.ExecuteAsync("INSERT INTO device_endpoint (device_id) VALUES (@id) ON CONFLICT (device_id) DO NOTHING", ("@id", deviceKey));

    private static async ValueTask LearnUrlAsync(StoreCommands commands, EndpointSighting sighting, (DeviceEndpoint? Endpoint, string Refusal) told, List<long> superseded)
    {
        var (endpoint, refusal) = told;
        if (endpoint is not null && !await TakesAsync(commands, "place", "url = '', place = ''", "refusal", endpoint.Place, endpoint.IsObserved, sighting, superseded))
        {
            (endpoint, refusal) = (null, ConnectionRequestReason.EndpointOfAnotherDevice);
        }

        await commands.ExecuteAsync(
            "UPDATE device_endpoint SET url = @url, place = @place, observed = @observed, refusal = @refusal, learned_at = @at WHERE device_id = @id",
            ("@url", endpoint?.Url ?? ""), ("@place", endpoint?.Place ?? ""), ("@observed", endpoint is { IsObserved: true } ? 1L : 0L),
            ("@refusal", refusal), ("@at", sighting.At.ToUnixTimeMilliseconds()), ("@id", sighting.DeviceKey));
    }

    private static async ValueTask LearnUdpAsync(StoreCommands commands, EndpointSighting sighting, (UdpEndpoint? Endpoint, string Refusal) told, List<long> superseded)
    {
        var (endpoint, refusal) = told;
        if (endpoint is not null && !await TakesAsync(commands, "udp", "udp = ''", "udp_refusal", endpoint.Place, endpoint.IsObserved, sighting, superseded))
        {
            (endpoint, refusal) = (null, ConnectionRequestReason.EndpointOfAnotherDevice);
        }

        await commands.ExecuteAsync(
            "UPDATE device_endpoint SET udp = @udp, udp_observed = @observed, udp_refusal = @refusal, learned_at = @at WHERE device_id = @id",
            ("@udp", endpoint?.Place ?? ""), ("@observed", endpoint is { IsObserved: true } ? 1L : 0L),
            ("@refusal", refusal), ("@at", sighting.At.ToUnixTimeMilliseconds()), ("@id", sighting.DeviceKey));
    }

    /// <summary>
    /// Takes a place from whoever has it: the newest Inform wins, except against a device that was seen at the address itself and came
    /// within a day, by one that was not: it would be called in the other's stead.
    /// </summary>
    private static async ValueTask<bool> TakesAsync(
        StoreCommands commands, string column, string cleared, string refusal, string place, bool isObserved, EndpointSighting sighting, List<long> superseded)
    {
        var observed = column == "udp" ? "udp_observed" : "observed";
        (string, object?)[] values = [("@place", place), ("@id", sighting.DeviceKey), ("@since", (sighting.At - Protection).ToUnixTimeMilliseconds())];
        if (!isObserved && await commands.ScalarAsync(
            $"""
            SELECT 1 FROM device_endpoint e JOIN device d ON d.id = e.device_id
             WHERE e.{column} = @place AND e.device_id <> @id AND e.{observed} = 1 AND d.last_seen > @since LIMIT 1
            """,
            values) is not null)
        {
            return false;
        }

        while (await commands.ScalarAsync($"SELECT device_id FROM device_endpoint WHERE {column} = @place AND device_id <> @id LIMIT 1", values) is { } other)
        {
            await commands.ExecuteAsync(
                $"UPDATE device_endpoint SET {cleared}, {refusal} = @reason WHERE device_id = @other",
                ("@reason", ConnectionRequestReason.EndpointSuperseded), ("@other", other));
            superseded.Add(Convert.ToInt64(other, null));
        }

        return true;
    }

    private async ValueTask<CallTarget?> FirstAsync(string condition, params (string Name, object? Value)[] values)
    {
        var found = await store.ReadAsync(
            commands => EndpointRows.TargetsAsync(commands, seal, time.GetUtcNow(), condition + " LIMIT 1", values), CancellationToken.None);
        return found.Count > 0 ? found[0] : null;
    }
}

/// <summary>Which devices a list of endpoints shows.</summary>
public enum EndpointFilter
{
    /// <summary>All.</summary>
    All = 0,

    /// <summary>Those without connection-request credentials.</summary>
    CredentialsUnknown,

    /// <summary>Those whose last URL was not learned.</summary>
    Refused,

    /// <summary>Those that took three calls or more in a row and never came.</summary>
    Silent,
}
