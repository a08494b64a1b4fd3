using CwmpShield.Soak.Rig;

namespace CwmpShield.Gateway.Tests.Hostile;

/// <summary>One gateway as a process of its own for all tests that only attack it; they run alone, because they measure.</summary>
public sealed class HostileRig : IAsyncLifetime
{
    private TestRig? rig;

    internal TestRig Rig => rig!;

    /// <summary>Limits as they are shipped, with the times of strangers shortened to what a test can wait for.</summary>
    public async Task InitializeAsync() => rig = await TestRig.StartAsync(new RigSettings
    {
        AnswerSeconds = 3,
        Limits = new { HeaderTime = "00:00:02", IdleTime = "00:00:02", RequestTime = "00:00:10", HandshakeTime = "00:00:06", SessionIdleTime = "00:00:05" },
    });

    public async Task DisposeAsync() => await Rig.DisposeAsync();
}

/// <summary>Tests that share <see cref="HostileRig"/>.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class HostileGroup : ICollectionFixture<HostileRig>
{
    public const string Name = "hostile";
}
