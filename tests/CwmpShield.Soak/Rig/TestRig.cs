using CwmpShield.Gateway.Storage;

namespace CwmpShield.Soak.Rig;

/// <summary>A gateway as a process before an ACS double, with a registry of honest devices and of insiders.</summary>
internal sealed class TestRig : IAsyncDisposable
{
    /// <summary>Honest devices in the registry; as many insiders beside them.</summary>
    public const int Devices = 16;

    private TestRig(RigFolder folder, AcsDouble acs, GatewayProcess gateway) => (Folder, Acs, Gateway) = (folder, acs, gateway);

    public RigFolder Folder { get; }

    public AcsDouble Acs { get; }

    public GatewayProcess Gateway { get; }

    /// <summary>Sets everything up, and waits until the gateway is ready.</summary>
    public static async Task<TestRig> StartAsync(RigSettings settings, IReadOnlyList<string>? through = null, IReadOnlyDictionary<string, string>? environment = null)
    {
        var folder = new RigFolder();
        var acs = new AcsDouble();
        using (var store = SqliteStore.Open(folder.At("registry.db")))
        {
            await folder.RegisterAsync(store, Serials);
        }

        var gateway = await GatewayProcess.StartAsync(folder.Configure("gateway.json", acs.Address, settings), through, environment);
        return await gateway.IsReadyAsync() ? new TestRig(folder, acs, gateway) : throw new InvalidOperationException("The gateway is not ready: " + gateway.Log);
    }

    /// <summary>The serial numbers in the registry.</summary>
    public static IEnumerable<string> Serials => Enumerable.Range(1, Devices).SelectMany(i => new[] { HonestFleet.Serial(i), $"S{i}" });

    /// <summary>Honest devices that go on until the fleet is disposed of.</summary>
    public HonestFleet Honest(int devices = 4, int pauseMilliseconds = 20) =>
        HonestFleet.Start(Folder, Gateway.Door("fleet"), devices, TimeSpan.FromMilliseconds(pauseMilliseconds));

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await Acs.DisposeAsync();
        Folder.Dispose();
    }
}
