using System.Text;
using CwmpShield.Core.ConnectionRequests;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Identity;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.ConnectionRequests;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.Tests.Storage;

namespace CwmpShield.Gateway.Tests.ConnectionRequests;

/// <summary>How devices are called, in either store.</summary>
public abstract class EndpointStoreTests(StoreEngine engine) : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = new(2026, 11, 26, 12, 0, 0, TimeSpan.Zero);

    private RegistryLab lab = null!;
    private SecretSeal seal = null!;
    private EndpointStore endpoints = null!;

    public async Task InitializeAsync()
    {
        lab = await RegistryLab.OpenAsync(engine);
        seal = new SecretSeal(lab.Key);
        endpoints = new EndpointStore(lab.Store, seal, TimeProvider.System);
    }

    public Task DisposeAsync()
    {
        lab.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Gives_back_what_it_learned()
    {
        var key = await AddAsync("1");
        var udp = UdpEndpoint.Parse("[2001:db8::7]:40000", isObserved: true);
        await endpoints.LearnAsync(new EndpointSighting(key, (At("https://198.51.100.7:7547/x?y=1", observed: true), ""), (udp, ""), Now), default);

        var learned = (await endpoints.FindAsync(key))!.Learned;

        Assert.Equal(("https://198.51.100.7:7547/x?y=1", true, ""), (learned.Endpoint!.Url, learned.Endpoint.IsObserved, learned.Refusal));
        Assert.Equal((udp, "", Now), (learned.Udp, learned.UdpRefusal, learned.LearnedAt));
        Assert.Equal(key, (await endpoints.FindAsync(At("https://198.51.100.7:7547/x?y=1")))!.Learned.DeviceKey);
        Assert.Null(await endpoints.FindAsync(At("https://198.51.100.7:7547/x")));
        Assert.Null(await endpoints.FindAsync(key + 1));
        Assert.Null((await endpoints.LearnAsync(new EndpointSighting(key + 1, (null, "endpoint-port"), null, Now), default)).Target);
    }

    [Fact]
    public async Task Lets_the_newest_have_a_place_and_the_device_that_was_seen_there_keep_it_for_a_day()
    {
        var (one, two) = (await AddAsync("1"), await AddAsync("2"));
        await LearnAsync(one, "http://198.51.100.7:7547/1", observed: false, Now);
        Assert.Equal([one], await LearnAsync(two, "http://198.51.100.7:7547/2", observed: true, Now));
        await lab.Store.WriteAsync(commands => commands.ExecuteAsync("UPDATE device SET last_seen = @at WHERE id = @id", ("@at", Now.ToUnixTimeMilliseconds()), ("@id", two)), default);

        Assert.Empty(await LearnAsync(one, "http://198.51.100.7:7547/1", observed: false, Now.AddHours(23)));
        Assert.Equal(ConnectionRequestReason.EndpointOfAnotherDevice, (await endpoints.FindAsync(one))!.Learned.Refusal);
        Assert.Equal([two], await LearnAsync(one, "http://198.51.100.7:7547/1", observed: false, Now.AddHours(25)));
        Assert.Equal(ConnectionRequestReason.EndpointSuperseded, (await endpoints.FindAsync(two))!.Learned.Refusal);
        Assert.Equal([one], await LearnAsync(two, "http://198.51.100.7:7547/2", observed: true, Now.AddHours(26)));
    }

    [Fact]
    public async Task Tries_acknowledged_credentials_first_then_pending_then_previous_and_leaves_out_what_has_ended()
    {
        var key = await AddAsync("1");
        await SecretAsync(key, "connection-request-pending", "pending", null, null);
        await SecretAsync(key, "connection-request-previous", "previous", "old", null);
        await SecretAsync(key, "connection-request", "active", "user", null);

        var target = (await endpoints.FindAsync(key))!;
        Assert.Equal(["user active", "00AABB-HGW-1 pending", "old previous"], target.Credentials.Select(one => $"{one.User} {Text(one)}"));
        Assert.DoesNotContain("active", target.ToString() + string.Concat(target.Credentials), StringComparison.Ordinal);
        Assert.Equal(key, Assert.Single(await endpoints.FindByUserAsync("user", 9, default)).Learned.DeviceKey);
        Assert.Equal(key, Assert.Single(await endpoints.FindByUserAsync("00AABB-HGW-1", 9, default)).Learned.DeviceKey);
        Assert.Empty(await endpoints.FindByUserAsync("00AABB-HGW-9", 9, default));

        await lab.Store.WriteAsync(commands => commands.ExecuteAsync("UPDATE device_secret SET expires_at = 1 WHERE purpose = 'connection-request'"), default);
        Assert.Equal(["00AABB-HGW-1 pending", "old previous"], (await endpoints.FindAsync(key))!.Credentials.Select(one => $"{one.User} {Text(one)}"));
    }

    [Fact]
    public async Task Lists_by_what_is_wrong()
    {
        var (good, unknown, refused, silent) = (await AddAsync("1"), await AddAsync("2"), await AddAsync("3"), await AddAsync("4"));
        await AddAsync("5");
        await LearnAsync(good, "http://198.51.100.1:7547/", observed: true, Now);
        await SecretAsync(good, "connection-request", "secret", null, null);
        await LearnAsync(unknown, "http://198.51.100.2:7547/", observed: true, Now);
        await endpoints.LearnAsync(new EndpointSighting(refused, (null, ConnectionRequestReason.EndpointPort), null, Now), default);
        await LearnAsync(silent, "http://198.51.100.4:7547/", observed: true, Now);
        await SecretAsync(silent, "connection-request-pending", "secret", null, null);
        await endpoints.RecordAsync(
            [.. Enumerable.Repeat(new CallRecord(silent, Now, CallRecord.Taken), 3), new CallRecord(good, Now, ConnectionRequestReason.DeviceTimeout)],
            [.. Enumerable.Repeat(new AnswerRecord(silent, null), 3), new AnswerRecord(good, TimeSpan.FromMilliseconds(1500))],
            default);

        Assert.Equal([good, unknown, refused, silent], await KeysAsync(EndpointFilter.All));
        Assert.Equal([unknown], await KeysAsync(EndpointFilter.CredentialsUnknown));
        Assert.Equal([refused], await KeysAsync(EndpointFilter.Refused));
        Assert.Equal([silent], await KeysAsync(EndpointFilter.Silent));
        Assert.Equal([refused, silent], (await endpoints.ListAsync(unknown, 2, EndpointFilter.All, default)).Select(one => one.Learned.DeviceKey));
        var report = (await endpoints.ReportAsync(good, default))!;
        Assert.Equal((1L, 0L, 1L, "device-timeout", 1.5), (report.Calls, report.Taken, report.Answered, report.LastOutcome, report.LastLatency!.Value.TotalSeconds));
        Assert.False((await endpoints.ReportAsync(unknown, default))!.HasCredentials);
    }

    [Fact]
    public async Task Keeps_one_token_key_and_counts_generations()
    {
        var key = await AddAsync("1");
        var first = await endpoints.TokenKeyAsync(default);

        Assert.Equal(first, await new EndpointStore(lab.Store, new SecretSeal(lab.Key), TimeProvider.System).TokenKeyAsync(default));
        Assert.Equal(32, first.Length);
        Assert.Equal((1, 2), (await endpoints.RevokeAsync(key, default), await endpoints.RevokeAsync(key, default)));
        Assert.Equal(2, (await endpoints.FindAsync(key))!.Learned.Generation);
    }

    [Fact]
    public async Task Tells_who_keeps_rows_that_one_has_changed()
    {
        var key = await AddAsync("1");
        var heard = new List<long?>();
        endpoints.Subscribe(heard.Add);

        await LearnAsync(key, "http://198.51.100.1:7547/", observed: true, Now);

        Assert.Contains(key, heard);
    }

    private static DeviceEndpoint At(string url, bool observed = false) => DeviceEndpoint.Parse(url, observed)!;

    private static string Text(RequestCredential credential) => Encoding.UTF8.GetString(((StoredSecret.Password)credential.Secret).Utf8.Span);

    private async Task<IReadOnlyList<long>> LearnAsync(long key, string url, bool observed, DateTimeOffset at) =>
        (await endpoints.LearnAsync(new EndpointSighting(key, (At(url, observed), ""), null, at), default)).Superseded;

    private async Task<IReadOnlyList<long>> KeysAsync(EndpointFilter filter) => [.. (await endpoints.ListAsync(0, 100, filter, default)).Select(one => one.Learned.DeviceKey)];

    private async Task<long> AddAsync(string serial) => (await lab.AddAsync(new DeviceDraft { Device = new DeviceId("00AABB", "HGW", serial) })).Key;

    private async Task SecretAsync(long key, string purpose, string password, string? user, long? expires) => await lab.Store.WriteAsync(
        commands => commands.ExecuteAsync(
            "INSERT INTO device_secret (device_id, purpose, sealed, user_name, expires_at) VALUES (@id, @purpose, @sealed, @user, @expires)",
            ("@id", key),
            ("@purpose", purpose),
            ("@sealed", seal.Close(new StoredSecret.Password(Encoding.UTF8.GetBytes(password)), key, purpose)),
            ("@user", user),
            ("@expires", expires)),
        default);
}

public sealed class SqliteEndpointStoreTests() : EndpointStoreTests(StoreEngine.Sqlite);

public sealed class PostgresEndpointStoreTests() : EndpointStoreTests(StoreEngine.Postgresql);
