using System.Data.Common;
using System.Globalization;
using CwmpShield.Core.ConnectionRequests;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Identity;
using CwmpShield.Gateway.Storage;

namespace CwmpShield.Gateway.ConnectionRequests;

/// <summary>Reads rows of the table of endpoints, with the device and the secrets that go with them.</summary>
internal static class EndpointRows
{
    private const string Columns = """
        d.id, d.oui, d.product_class, d.serial_number, coalesce(e.url, ''), coalesce(e.observed, 0), coalesce(e.refusal, 'endpoint-missing'),
        coalesce(e.udp, ''), coalesce(e.udp_observed, 0), coalesce(e.udp_refusal, 'endpoint-missing'), coalesce(e.generation, 0), e.learned_at
        """;

    private const string From = " FROM device d LEFT JOIN device_endpoint e ON e.device_id = d.id WHERE ";

    private const string HasCredentials =
        "EXISTS (SELECT 1 FROM device_secret s WHERE s.device_id = d.id AND s.purpose IN ('connection-request', 'connection-request-pending'))";

    /// <summary>The condition of a filter.</summary>
    public static string Condition(EndpointFilter filter) => filter switch
    {
        EndpointFilter.CredentialsUnknown => "e.url <> '' AND NOT " + HasCredentials,
        EndpointFilter.Refused => "e.refusal NOT IN ('', 'endpoint-missing')",
        EndpointFilter.Silent => "e.unanswered >= 3",
        _ => "e.device_id IS NOT NULL",
    };

    /// <summary>The devices that fit <paramref name="condition"/>, with their secrets opened.</summary>
    public static async ValueTask<IReadOnlyList<CallTarget>> TargetsAsync(
        StoreCommands commands, SecretSeal seal, DateTimeOffset now, string condition, params (string Name, object? Value)[] values)
    {
        var found = await commands.QueryAsync(
            $"SELECT {Columns}, d.status, d.model, d.http_user{From}{condition}",
            reader => (Learned: Learned(reader), Status: StatusName.Read(reader.GetString(12)), Model: reader.GetString(13), User: reader.Text(14)),
            values);
        var targets = new List<CallTarget>(found.Count);
        foreach (var one in found)
        {
            var user = one.User ?? one.Learned.Device.ToString();
            targets.Add(new CallTarget(one.Learned, one.Status, one.Model, await CredentialsAsync(commands, seal, now, one.Learned.DeviceKey, user)));
        }

        return targets;
    }

    /// <summary>The reports that fit <paramref name="condition"/>; no secret is opened.</summary>
    public static ValueTask<IReadOnlyList<EndpointReport>> ReportsAsync(StoreCommands commands, string condition, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        const string record = """
            , coalesce(e.calls, 0), coalesce(e.taken, 0), coalesce(e.answered, 0), coalesce(e.unanswered, 0), e.last_call_at,
              coalesce(e.last_outcome, ''), e.last_latency
            """;
        return commands.QueryAsync($"SELECT {Columns}, CASE WHEN {HasCredentials} THEN 1 ELSE 0 END{record}{From}{condition}", Report, values);
    }

    private static EndpointReport Report(DbDataReader reader) => new(
        Learned(reader),
        Number(reader, 12) == 1,
        Number(reader, 13),
        Number(reader, 14),
        Number(reader, 15),
        Number(reader, 16),
        reader.TimeOrNull(17),
        reader.GetString(18),
        reader.IsDBNull(19) ? null : TimeSpan.FromMilliseconds(reader.GetInt64(19)));

    private static LearnedEndpoint Learned(DbDataReader reader) => new()
    {
        DeviceKey = reader.GetInt64(0),
        Device = new DeviceId(reader.GetString(1), reader.GetString(2), reader.GetString(3)),
        Endpoint = DeviceEndpoint.Parse(reader.GetString(4), Number(reader, 5) == 1),
        Refusal = reader.GetString(6),
        Udp = UdpEndpoint.Parse(reader.GetString(7), Number(reader, 8) == 1),
        UdpRefusal = reader.GetString(9),
        Generation = (int)Number(reader, 10),
        LearnedAt = reader.TimeOrNull(11),
    };

    private static async ValueTask<IReadOnlyList<RequestCredential>> CredentialsAsync(
        StoreCommands commands, SecretSeal seal, DateTimeOffset now, long device, string ownUser)
    {
        // In the order in which they are tried: the one that the device has acknowledged, the one that it may have taken, the one that it had.
        const string sql = """
            SELECT purpose, user_name, sealed FROM device_secret
             WHERE device_id = @id AND purpose IN ('connection-request', 'connection-request-pending', 'connection-request-previous')
               AND (expires_at IS NULL OR expires_at > @now)
             ORDER BY purpose
            """;
        return await commands.QueryAsync(
            sql,
            reader => new RequestCredential(reader.Text(1) ?? ownUser, seal.Open(reader.GetFieldValue<byte[]>(2), device, reader.GetString(0))),
            ("@id", device),
            ("@now", now.ToUnixTimeMilliseconds()));
    }

    /// <summary>A whole number, however wide the engine makes it.</summary>
    private static long Number(DbDataReader reader, int column) => Convert.ToInt64(reader.GetValue(column), CultureInfo.InvariantCulture);
}
