using System.Net;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.Tests.Listening;
using CwmpShield.Gateway.Tests.Storage;
using CwmpShield.Soak.Rig;

namespace CwmpShield.Gateway.Tests.Hostile;

/// <summary>Two gateways on one PostgreSQL: one of them is killed in the middle of a session, the database goes away and comes back.</summary>
[Collection(HostileGroup.Name)]
public sealed class TwoGatewaysTests : IAsyncLifetime, IDisposable
{
    private static readonly IPAddress Home = IPAddress.Parse("127.7.8.5");

    private readonly RigFolder folder = new();
    private readonly AcsDouble acs = new();
    private readonly string database = PostgresServer.NewDatabase();
    private GatewayProcess first = null!;
    private GatewayProcess second = null!;

    public async Task InitializeAsync()
    {
        await PostgresStore.MigrateAsync(database, PostgresServer.Password, default);
        using (var store = PostgresStore.Open(database, PostgresServer.Password))
        {
            await folder.RegisterAsync(store, TestRig.Serials);
        }

        await File.WriteAllTextAsync(folder.At("database.password"), PostgresServer.Password);
        first = await StartAsync("one");
        second = await StartAsync("two");
    }

    public async Task DisposeAsync()
    {
        await first.DisposeAsync();
        await second.DisposeAsync();
        await acs.DisposeAsync();
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Restarts_at_the_other_a_session_whose_gateway_was_killed_and_fails_nobody_when_the_database_is_back()
    {
        var serial = HonestFleet.Serial(1);
        await using (var line = await OpenAsync(first, serial))
        {
            var informed = await line.AskAsync(Messages.Post(Messages.Inform(serial)), default);
            Assert.Equal(200, informed.Status);
            first.Kill();
            await first.EndsAsync(TimeSpan.FromSeconds(10));
            await using var other = await OpenAsync(second, serial);

            // The session was the killed one's alone: the other knows nothing of it, says so, and the device begins anew as TR-069 wants.
            var cookie = Messages.Between(informed.Head, "Set-Cookie: ", ";");
            Assert.Equal(400, (await other.AskAsync(Messages.Post("", $"Cookie: {cookie}\r\n"), default)).Status);
        }

        Assert.Null(await SessionAsync());
        PostgresServer.Allow(database, connections: false);
        Assert.Equal("Inform: 503", await SessionAsync());
        PostgresServer.Allow(database, connections: true);
        await ListenerHost.EventuallyAsync(async () => await SessionAsync() is null, "a whole session");
    }

    private async Task<GatewayProcess> StartAsync(string node)
    {
        var store = new { Engine = "postgresql", ConnectionString = database, PasswordFile = "database.password", KeyFile = "master.key" };
        var gateway = await GatewayProcess.StartAsync(folder.Configure(node + ".json", acs.Address, new RigSettings { Store = store, Node = node }));
        Assert.True(await gateway.IsReadyAsync(), gateway.Log);
        return gateway;
    }

    private Task<Line> OpenAsync(GatewayProcess gateway, string serial) => Line.OpenTlsAsync(gateway.Door("fleet"), Home, folder.CertificateOf(serial), default);

    private async Task<string?> SessionAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        return await HonestFleet.SessionAsync(second.Door("fleet"), Home, folder.CertificateOf(HonestFleet.Serial(1)), HonestFleet.Serial(1), patience.Token);
    }
}
