using CwmpShield.Core.ConnectionRequests;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Identity;
using CwmpShield.Gateway.Storage;
using Microsoft.Data.Sqlite;

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
    public static List<CallTarget> Targets(
        SqliteConnection connection, SecretSeal seal, DateTimeOffset now, string condition, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        var found = new List<(LearnedEndpoint Learned, DeviceStatus Status, string Model, string? User)>();
        using (var command = connection.Command($"SELECT {Columns}, d.status, d.model, d.http_user{From}{condition}", values))
        using (var reader = command.ExecuteReader())
        {
            while (reader.Read())
            {
                found.Add((Learned(reader), StatusName.Read(reader.GetString(12)), reader.GetString(13), reader.IsDBNull(14) ? null : reader.GetString(14)));
            }
        }

        return [.. found.Select(one => new CallTarget(
            one.Learned, one.Status, one.Model, Credentials(connection, seal, now, one.Learned.DeviceKey, one.User ?? one.Learned.Device.ToString())))];
    }

    /// <summary>The reports that fit <paramref name="condition"/>; no secret is opened.</summary>
    public static List<EndpointReport> Reports(SqliteConnection connection, string condition, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        const string record = """
            , coalesce(e.calls, 0), coalesce(e.taken, 0), coalesce(e.answered, 0), coalesce(e.unanswered, 0), e.last_call_at,
              coalesce(e.last_outcome, ''), e.last_latency
            """;
        using var command = connection.Command($"SELECT {Columns}, CASE WHEN {HasCredentials} THEN 1 ELSE 0 END{record}{From}{condition}", values);
        using var reader = command.ExecuteReader();
        var reports = new List<EndpointReport>();
        while (reader.Read())
        {
            reports.Add(new EndpointReport(
                Learned(reader),
                reader.GetInt64(12) == 1,
                reader.GetInt64(13),
                reader.GetInt64(14),
                reader.GetInt64(15),
                reader.GetInt64(16),
                Time(reader, 17),
                reader.GetString(18),
                reader.IsDBNull(19) ? null : TimeSpan.FromMilliseconds(reader.GetInt64(19))));
        }

        return reports;
    }

    private static LearnedEndpoint Learned(SqliteDataReader reader) => new()
    {
        DeviceKey = reader.GetInt64(0),
        Device = new DeviceId(reader.GetString(1), reader.GetString(2), reader.GetString(3)),
        Endpoint = DeviceEndpoint.Parse(reader.GetString(4), reader.GetInt64(5) == 1),
        Refusal = reader.GetString(6),
        Udp = UdpEndpoint.Parse(reader.GetString(7), reader.GetInt64(8) == 1),
        UdpRefusal = reader.GetString(9),
        Generation = (int)reader.GetInt64(10),
        LearnedAt = Time(reader, 11),
    };

    private static List<RequestCredential> Credentials(SqliteConnection connection, SecretSeal seal, DateTimeOffset now, long device, string ownUser)
    {
        // In the order in which they are tried: the one that the device has acknowledged, then the one that it may have taken.
        const string sql = """
            SELECT purpose, user_name, sealed FROM device_secret
             WHERE device_id = @id AND purpose IN ('connection-request', 'connection-request-pending') AND (expires_at IS NULL OR expires_at > @now)
             ORDER BY purpose
            """;
        using var command = connection.Command(sql, [("@id", device), ("@now", now.ToUnixTimeMilliseconds())]);
        using var reader = command.ExecuteReader();
        var credentials = new List<RequestCredential>();
        while (reader.Read())
        {
            var user = reader.IsDBNull(1) ? ownUser : reader.GetString(1);
            credentials.Add(new RequestCredential(user, seal.Open(reader.GetFieldValue<byte[]>(2), device, reader.GetString(0))));
        }

        return credentials;
    }

    private static DateTimeOffset? Time(SqliteDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(column));
}
