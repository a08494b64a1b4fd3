using System.Net;
using CwmpShield.Soak.Rig;
using CwmpShield.Soak.Strangers;

namespace CwmpShield.Gateway.Tests.Hostile;

/// <summary>
/// Every stranger, small: something holds him, memory stays where it was, and honest devices have their sessions meanwhile. Large
/// ones run in <c>./soak</c>.
/// </summary>
[Collection(HostileGroup.Name)]
public sealed class StrangerTests(HostileRig hostile)
{
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(1.5);

    /// <summary>A busy machine may not let him come as far as his limit in one turn.</summary>
    private const int MaxTurns = 20;

    /// <summary>On a machine that runs other things besides, a quiet percentile is a small number by chance: so much more is not seen as slow.</summary>
    private const double SlackMilliseconds = 1500;

    /// <summary>The bytes that bodies may hold together (<c>BufferBudgetBytes</c>): what a stranger can make the process take, and the collector give back later.</summary>
    private const double Megabytes = 512;

    private readonly TestRig rig = hostile.Rig;

    public static TheoryData<string> Names => [.. Stranger.All.Select(stranger => stranger.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Serves_honest_devices_while_a_stranger_is_at_work(string name)
    {
        var stranger = Stranger.All.First(one => one.Name == name);
        await using var honest = rig.Honest();
        var quiet = await honest.PassAsync(sessions: 10, atMost: TimeSpan.FromSeconds(5));
        var (before, metrics) = (rig.Gateway.Read(), await rig.Gateway.MetricsAsync());

        var field = new Field(rig.Folder, rig.Gateway);
        IReadOnlyList<KeyValuePair<string, double>> refused = [];
        for (var turn = 0; turn == 0 || (turn < MaxTurns && !IsHeld(stranger, refused)); turn++)
        {
            using var enough = new CancellationTokenSource(Turn);
            await stranger.RunAsync(field, enough.Token);
            refused = (await rig.Gateway.MetricsAsync()).RefusedSince(metrics);
        }

        var meanwhile = honest.Turn();
        Assert.True(meanwhile.Failures.Count == 0, string.Join("; ", meanwhile.Failures));
        Assert.NotEmpty(meanwhile.Milliseconds);
        Assert.True(
            meanwhile.P99 <= Math.Max(quiet.P99 * (stranger.IsHandshake ? 10 : 3), quiet.P99 + SlackMilliseconds), $"quiet {quiet.P99:0} ms, meanwhile {meanwhile.P99:0} ms");
        Assert.True(rig.Gateway.Read().Megabytes < before.Megabytes + Megabytes, $"{before} became {rig.Gateway.Read()}");
        Assert.True(field.Attempts > 0);
        Assert.True(
            IsHeld(stranger, refused),
            $"held by {string.Join(", ", refused.Select(one => $"{one.Key} {one.Value}"))}");
    }

    [Fact]
    public async Task Lets_a_device_of_another_address_in_while_every_place_for_handshakes_is_wanted()
    {
        using var over = new CancellationTokenSource();
        var field = new Field(rig.Folder, rig.Gateway);
        var silent = Stranger.All.First(one => one.Name == "silent-connections").RunAsync(field, over.Token);
        await Listening.ListenerHost.EventuallyAsync(
            async () => (await rig.Gateway.MetricsAsync()).Sum("cwmpshield_tls_handshakes_active", "listener=\"fleet\"") >= 64, "four addresses with all that they may hold");

        var wrong = await HonestFleet.SessionAsync(
            rig.Gateway.Door("fleet"), IPAddress.Parse("127.7.9.9"), rig.Folder.CertificateOf(HonestFleet.Serial(9)), HonestFleet.Serial(9), CancellationToken.None);

        Assert.Null(wrong);
        Assert.InRange((await rig.Gateway.MetricsAsync()).Sum("cwmpshield_tls_handshakes_active", "listener=\"fleet\""), 1, 65);
        await over.CancelAsync();
        await silent;
    }

    private static bool IsHeld(Stranger stranger, IReadOnlyList<KeyValuePair<string, double>> refused) =>
        stranger.Reasons.Count == 0 || stranger.Reasons.Any(reason => refused.Any(one => one.Key == reason));
}
