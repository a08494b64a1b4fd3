using System.Data.Common;
using CwmpShield.Gateway.Storage;

namespace CwmpShield.Gateway.Revocation;

/// <summary>Which certificates devices have presented. Every member throws <see cref="RegistryUnavailableException"/> when the store cannot be used.</summary>
/// <param name="store">Where they are kept.</param>
public sealed class CertificateInventory(Store store)
{
    private const string Record = """
        INSERT INTO certificate_seen
            (fingerprint, spki_sha256, subject, issuer, serial, key_kind, not_before, not_after, listener, first_seen, last_seen)
        VALUES (@fingerprint, @key, @subject, @issuer, @serial, @kind, @before, @after, @listener, @at, @at)
        ON CONFLICT (fingerprint) DO UPDATE SET listener = excluded.listener,
            last_seen = CASE WHEN certificate_seen.last_seen < excluded.last_seen THEN excluded.last_seen ELSE certificate_seen.last_seen END
        """;

    private const string Select = """
        SELECT c.fingerprint, c.spki_sha256, c.subject, c.issuer, c.serial, c.key_kind, c.not_before, c.not_after, c.listener, c.first_seen, c.last_seen,
            d.oui, d.product_class, d.serial_number
        FROM certificate_seen c
            LEFT JOIN device_key k ON k.spki_sha256 = c.spki_sha256
            LEFT JOIN device d ON d.id = k.device_id
        WHERE c.not_after <= @until
            AND (c.not_after, c.fingerprint) > (COALESCE((SELECT not_after FROM certificate_seen WHERE fingerprint = @after), 0), @after)
        ORDER BY c.not_after, c.fingerprint
        LIMIT @limit
        """;

    /// <summary>A page of what was presented, the first to expire first.</summary>
    /// <param name="until">Only certificates that expire by then.</param>
    /// <param name="after">Fingerprint of the last one of the page before, empty for the first page.</param>
    /// <param name="limit">Certificates at most.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async ValueTask<IReadOnlyList<PresentedCertificate>> ListAsync(DateTimeOffset until, string after, int limit, CancellationToken cancellationToken) =>
        await store.ReadAsync(
            commands => commands.QueryAsync(Select, Read, ("@until", until.ToUnixTimeMilliseconds()), ("@after", after), ("@limit", limit)),
            cancellationToken);

    /// <summary>How many certificates, of those presented since <paramref name="since"/>, expire in each span of time from now on.</summary>
    internal ValueTask<List<(string Span, long Count)>> CountByExpiryAsync(DateTimeOffset now, DateTimeOffset since, CancellationToken cancellationToken) =>
        store.ReadAsync(
            async commands =>
            {
                var counts = new List<(string, long)>();
                var from = 0L;
                foreach (var (span, until) in ExpirySpan.All(now))
                {
                    var count = await commands.ScalarAsync(
                        "SELECT count(*) FROM certificate_seen WHERE not_after > @from AND not_after <= @until AND last_seen >= @since",
                        ("@from", from),
                        ("@until", until),
                        ("@since", since.ToUnixTimeMilliseconds()));
                    counts.Add((span, (long)count!));
                    from = until;
                }

                return counts;
            },
            cancellationToken);

    /// <summary>Records what was seen, all of it or nothing.</summary>
    internal async Task RecordAsync(IReadOnlyList<CertificateSighting> seen, CancellationToken cancellationToken) => await store.WriteAsync(
        async commands =>
        {
            foreach (var (certificate, listener, at) in seen)
            {
                await commands.ExecuteAsync(
                    Record,
                    ("@fingerprint", certificate.Fingerprint),
                    ("@key", certificate.Facts.SpkiSha256),
                    ("@subject", certificate.Subject),
                    ("@issuer", certificate.Issuer.Subject),
                    ("@serial", certificate.Link.Serial.ToString()),
                    ("@kind", certificate.Key),
                    ("@before", certificate.Facts.NotBefore.ToUnixTimeMilliseconds()),
                    ("@after", certificate.Facts.NotAfter.ToUnixTimeMilliseconds()),
                    ("@listener", listener),
                    ("@at", at.ToUnixTimeMilliseconds()));
            }

            return seen.Count;
        },
        cancellationToken);

    private static PresentedCertificate Read(DbDataReader reader) => new()
    {
        Fingerprint = reader.GetString(0),
        SpkiSha256 = reader.GetString(1),
        Subject = reader.GetString(2),
        Issuer = reader.GetString(3),
        Serial = reader.GetString(4),
        Key = reader.GetString(5),
        NotBefore = reader.Time(6),
        NotAfter = reader.Time(7),
        Listener = reader.GetString(8),
        FirstSeen = reader.Time(9),
        LastSeen = reader.Time(10),
        Device = reader.IsDBNull(11) ? null : new(reader.GetString(11), reader.GetString(12), reader.GetString(13)),
    };
}
