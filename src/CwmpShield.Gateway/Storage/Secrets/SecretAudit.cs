using System.Text;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Identity;

namespace CwmpShield.Gateway.Storage.Secrets;

/// <summary>Finds secrets that several devices have in common, and passwords that everybody knows.</summary>
/// <param name="store">The store.</param>
/// <param name="registry">Its registry.</param>
public sealed class SecretAudit(Store store, StoredDeviceRegistry registry)
{
    private const int BatchSize = 1000;

    // Fingerprints are spread evenly: a question for each slice of them takes no longer than a store gives it, however many devices there are.
    private const int Slices = 64;

    private const string Shared = """
        SELECT fingerprint, count(DISTINCT device_id) AS devices, min(device_id) AS example FROM device_secret
         WHERE fingerprint BETWEEN @from AND @to GROUP BY fingerprint HAVING count(DISTINCT device_id) > 1
        """;

    /// <summary>
    /// Looks at every secret that can be read: gives a fingerprint to those that were stored before there were any, and holds passwords
    /// against the list of weak ones, which grows. How many secrets were looked at.
    /// </summary>
    public async Task<long> RefreshAsync(Action<long>? progress, CancellationToken cancellationToken)
    {
        var seen = 0L;
        var after = (Device: 0L, Purpose: "");
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var place = after;
            var rows = await store.ReadAsync(commands => PageAsync(commands, place), cancellationToken);
            var changed = rows.Where(row => row.Weakness != row.KnownWeakness || row.Print != row.KnownPrint).ToList();
            if (changed.Count > 0)
            {
                await store.WriteAsync(commands => NoteAsync(commands, changed), cancellationToken);
            }

            seen += rows.Count;
            progress?.Invoke(seen);
            if (rows.Count < BatchSize)
            {
                return seen;
            }

            after = (rows[^1].Device, rows[^1].Purpose);
        }
    }

    /// <summary>How many devices have a weak password, and how many have a secret that another device has, too.</summary>
    public async ValueTask<(long Weak, long Reused)> CountAsync(CancellationToken cancellationToken)
    {
        var weak = (long)(await store.ReadAsync(
            commands => commands.ScalarAsync("SELECT count(DISTINCT device_id) FROM device_secret WHERE weakness IS NOT NULL"), cancellationToken))!;
        var reused = 0L;
        for (var slice = 0; slice < Slices; slice++)
        {
            var (from, to) = Slice(slice);
            var found = await store.ReadAsync(
                commands => commands.ScalarAsync($"SELECT coalesce(sum(devices), 0) FROM ({Shared}) AS shared", ("@from", from), ("@to", to)), cancellationToken);
            reused += Convert.ToInt64(found, System.Globalization.CultureInfo.InvariantCulture);
        }

        return (weak, reused);
    }

    /// <summary>The secrets that most devices have in common: how many devices, and one of them.</summary>
    public async ValueTask<IReadOnlyList<(long Devices, DeviceId Example)>> SharedAsync(int most, CancellationToken cancellationToken)
    {
        List<(long Devices, DeviceId Example)> all = [];
        for (var slice = 0; slice < Slices; slice++)
        {
            var (from, to) = Slice(slice);
            all.AddRange(await store.ReadAsync(
                commands => commands.QueryAsync(
                    $"""
                    SELECT s.devices, d.oui, d.product_class, d.serial_number FROM ({Shared}) AS s JOIN device d ON d.id = s.example
                     ORDER BY s.devices DESC, d.id LIMIT {Math.Clamp(most, 1, 1000)}
                    """,
                    reader => (reader.GetInt64(0), new DeviceId(reader.GetString(1), reader.GetString(2), reader.GetString(3))),
                    ("@from", from),
                    ("@to", to)),
                cancellationToken));
        }

        return [.. all.OrderByDescending(one => one.Devices).ThenBy(one => one.Example.ToString(), StringComparer.Ordinal).Take(most)];
    }

    /// <summary>How many secrets are weak for each reason.</summary>
    public ValueTask<IReadOnlyList<(string Weakness, long Secrets)>> WeakAsync(CancellationToken cancellationToken) => store.ReadAsync(
        commands => commands.QueryAsync(
            "SELECT weakness, count(*) FROM device_secret WHERE weakness IS NOT NULL GROUP BY weakness ORDER BY weakness",
            reader => (reader.GetString(0), reader.GetInt64(1))),
        cancellationToken);

    private static (long From, long To) Slice(int number)
    {
        const long width = long.MaxValue / (Slices / 2);
        var from = unchecked(long.MinValue + (number * (width + 1)));
        return (from, from + width);
    }

    private ValueTask<IReadOnlyList<Looked>> PageAsync(StoreCommands commands, (long Device, string Purpose) after) => commands.QueryAsync(
        $"""
        SELECT s.device_id, s.purpose, s.sealed, s.fingerprint, s.weakness, coalesce(s.user_name, d.http_user), d.oui, d.product_class, d.serial_number
          FROM device_secret s JOIN device d ON d.id = s.device_id
         WHERE (s.device_id, s.purpose) > (@device, @purpose) ORDER BY s.device_id, s.purpose LIMIT {BatchSize}
        """,
        reader =>
        {
            var (owner, purpose) = (reader.GetInt64(0), reader.GetString(1));
            var secret = registry.Seal.Open(reader.GetFieldValue<byte[]>(2), owner, purpose);
            var print = reader.IsDBNull(3) ? default(long?) : reader.GetInt64(3);
            var device = new DeviceId(reader.GetString(6), reader.GetString(7), reader.GetString(8));
            return new Looked(owner, purpose, print, reader.Text(4))
            {
                Print = registry.Seal.Fingerprint(secret) ?? print,
                Weakness = secret is StoredSecret.Password password
                    ? WeakSecret.Find(Encoding.UTF8.GetString(password.Utf8.Span), device, reader.Text(5))
                    : reader.Text(4),
            };
        },
        ("@device", after.Device),
        ("@purpose", after.Purpose));

    private static async ValueTask<int> NoteAsync(StoreCommands commands, List<Looked> changed)
    {
        foreach (var row in changed)
        {
            // A secret that was replaced since it was looked at has had its own look.
            await commands.ExecuteAsync(
                """
                UPDATE device_secret SET fingerprint = @print, weakness = @weakness
                 WHERE device_id = @device AND purpose = @purpose AND (fingerprint = @known OR (fingerprint IS NULL AND CAST(@known AS BIGINT) IS NULL))
                """,
                ("@print", row.Print),
                ("@weakness", row.Weakness),
                ("@device", row.Device),
                ("@purpose", row.Purpose),
                ("@known", row.KnownPrint));
        }

        return changed.Count;
    }

    private sealed record Looked(long Device, string Purpose, long? KnownPrint, string? KnownWeakness)
    {
        public long? Print { get; init; }

        public string? Weakness { get; init; }
    }
}
