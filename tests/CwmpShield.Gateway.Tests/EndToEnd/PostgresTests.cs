using CwmpShield.Core.Identity;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.Tests.Doubles;
using CwmpShield.Gateway.Tests.Listening;
using CwmpShield.Gateway.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CwmpShield.Gateway.Tests.EndToEnd;

/// <summary>Whole gateways on one PostgreSQL.</summary>
public sealed class PostgresTests
{
    [Fact]
    public async Task Refuses_at_one_node_at_once_whom_an_operator_disabled_at_another()
    {
        var acs = QueueingAcs.Start();
        await using var server = acs.Server;
        using var registry = await RegistryLab.OpenAsync(CwmpShield.Gateway.Configuration.StoreEngine.Postgresql);
        await registry.AddAsync(new DeviceDraft { Device = new(Lab.Oui, Lab.ProductClass, "1") });
        using var store = registry.OpenStore();
        await using var lab = await StartAsync(server, store, registry.Key);
        await using var device = await lab.DeviceAsync();
        await device.InformAsync();
        Assert.Equal(204, (await device.EmptyAsync()).Status);

        await registry.Registry.ChangeStatusAsync(new(Lab.Oui, Lab.ProductClass, "1"), StatusChange.Disable("stolen", DateTimeOffset.UnixEpoch), default);

        await ListenerHost.EventuallyAsync(async () => (await device.PostAsync(Soap.Inform("1"))).Status == 403, "the refusal");
    }

    [Fact]
    public async Task Answers_503_with_Retry_After_while_the_database_is_away_and_goes_on_when_it_is_back()
    {
        var acs = QueueingAcs.Start();
        await using var server = acs.Server;
        using var registry = await RegistryLab.OpenAsync(CwmpShield.Gateway.Configuration.StoreEngine.Postgresql);
        await registry.AddAsync(new DeviceDraft { Device = new(Lab.Oui, Lab.ProductClass, "1") });
        using var store = registry.OpenStore();
        await using var lab = await StartAsync(server, store, registry.Key);
        PostgresServer.Allow(registry.Database, connections: false);

        await using (var device = await lab.DeviceAsync())
        {
            var refused = await device.PostAsync(Soap.Inform("1"));
            Assert.Equal((503, ""), (refused.Status, refused.Body));
            Assert.NotNull(refused.Header("Retry-After"));
        }

        PostgresServer.Allow(registry.Database, connections: true);
        await ListenerHost.EventuallyAsync(
            async () =>
            {
                await using var again = await lab.DeviceAsync();
                return (await again.PostAsync(Soap.Inform("1"))).Status == 200;
            },
            "the database");
        Assert.Equal(DeviceStatus.Active, (await registry.Registry.FindAsync(new(Lab.Oui, Lab.ProductClass, "1"), default))!.Device.Status);
    }

    private static Task<Lab> StartAsync(ScriptedAcs server, Store store, MasterKey key) => Lab.StartAsync(server, configure: builder =>
    {
        var cached = new CachedDeviceRegistry(StoredDeviceRegistry.OpenAsync(store, key).GetAwaiter().GetResult(), TimeProvider.System);
        store.Subscribe(cached.Forget);
        builder.Services.RemoveAll<Store>();
        builder.Services.AddSingleton(store);
        builder.Services.AddSingleton<IDeviceRegistry>(cached);
        builder.Services.AddHostedService<StoreWatch>();
    });
}
