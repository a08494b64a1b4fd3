using System.Globalization;
using System.Runtime.CompilerServices;
using CwmpShield.Core.ConnectionRequests;
using CwmpShield.Core.ConnectionRequests.Exposure;
using CwmpShield.Core.Cwmp;
using CwmpShield.Gateway.Storage;

namespace CwmpShield.Gateway.ConnectionRequests.Exposure;

/// <summary>
/// The devices that a scan comes to: those of the registry, never a list from elsewhere. Disabled ones are left out: nobody knows who
/// has their addresses now.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="group">Only devices of this group; null for all.</param>
public sealed class ExposureTargets(Store store, string? group)
{
    private const int PageSize = 500;

    private const string Which = """
         FROM device d LEFT JOIN device_endpoint e ON e.device_id = d.id
         WHERE d.status <> 'disabled' AND (CAST(@group AS TEXT) IS NULL
            OR EXISTS (SELECT 1 FROM device_group g WHERE g.device_id = d.id AND g.name = @group))
        """;

    /// <summary>How many there are.</summary>
    /// <exception cref="RegistryUnavailableException">The store cannot be asked.</exception>
    public async ValueTask<long> CountAsync(CancellationToken cancellationToken) => Convert.ToInt64(
        await store.ReadAsync(commands => commands.ScalarAsync("SELECT count(*)" + Which, ("@group", group)), cancellationToken), CultureInfo.InvariantCulture);

    /// <summary>All of them, a page at a time, in the order of their keys.</summary>
    /// <exception cref="RegistryUnavailableException">The store cannot be asked.</exception>
    public async IAsyncEnumerable<ExposureTarget> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var after = 0L;
        while (true)
        {
            var page = await PageAsync(after, cancellationToken);
            foreach (var (_, target) in page)
            {
                yield return target;
            }

            if (page.Count < PageSize)
            {
                yield break;
            }

            after = page[^1].Key;
        }
    }

    private ValueTask<IReadOnlyList<(long Key, ExposureTarget Target)>> PageAsync(long after, CancellationToken cancellationToken) => store.ReadAsync(
        commands => commands.QueryAsync(
            $"""
            SELECT d.id, d.oui, d.product_class, d.serial_number, d.model, coalesce(e.url, ''), coalesce(e.observed, 0), coalesce(e.refusal, 'endpoint-missing')
            {Which} AND d.id > @after ORDER BY d.id LIMIT {PageSize}
            """,
            reader => (reader.GetInt64(0), new ExposureTarget(
                new DeviceId(reader.GetString(1), reader.GetString(2), reader.GetString(3)),
                reader.GetString(4),
                DeviceEndpoint.Parse(reader.GetString(5), Convert.ToInt64(reader.GetValue(6), CultureInfo.InvariantCulture) == 1),
                reader.GetString(7))),
            ("@group", group),
            ("@after", after)),
        cancellationToken);
}
