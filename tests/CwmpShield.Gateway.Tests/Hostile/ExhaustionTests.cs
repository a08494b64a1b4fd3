using System.Net;
using CwmpShield.Gateway.Tests.Listening;
using CwmpShield.Soak.Rig;

namespace CwmpShield.Gateway.Tests.Hostile;

/// <summary>A gateway whose system gives it no more: no open files, no room for its store.</summary>
[Collection(HostileGroup.Name)]
public sealed class ExhaustionTests
{
    private static readonly IPAddress Home = IPAddress.Parse("127.7.8.4");

    [Fact]
    public async Task Turns_strangers_away_before_its_open_files_run_out_does_not_spin_and_accepts_again_afterwards()
    {
        await using var rig = await TestRig.StartAsync(new RigSettings(), ["sh", "-c", "ulimit -n 420; exec \"$@\"", "sh"]);
        var lines = new List<Line>();
        try
        {
            for (var i = 0; i < 400; i++)
            {
                await KnockAsync(rig, IPAddress.Parse($"127.66.210.{i % 200 + 1}"), lines);
            }

            await ListenerHost.EventuallyAsync(
                async () => (await rig.Gateway.MetricsAsync()).Sum("cwmpshield_requests_rejected_total", "reason=\"too-many-open-files\"") > 100, "strangers turned away");
            var full = rig.Gateway.Read();
            Assert.InRange(full.Handles, 100, 415);
            await Task.Delay(TimeSpan.FromSeconds(2));
            Assert.True(rig.Gateway.Read().Processor - full.Processor < TimeSpan.FromSeconds(1), "It spins.");
        }
        finally
        {
            foreach (var line in lines)
            {
                await line.DisposeAsync();
            }
        }

        await ListenerHost.EventuallyAsync(async () => await SessionAsync(rig) is null, "a whole session");
    }

    [Fact]
    public async Task Lives_through_a_time_in_which_it_can_open_nothing_and_goes_on_afterwards()
    {
        await using var rig = await TestRig.StartAsync(new RigSettings(), ["sh", "-c", "ulimit -n 4000; exec \"$@\"", "sh"]);
        await LimitAsync(rig, "--nofile=16:4000");

        // It looks at its files all the time: it sees that it cannot read them, and keeps what it has.
        await ListenerHost.EventuallyAsync(() => rig.Gateway.Log.Contains("rules", StringComparison.OrdinalIgnoreCase) || rig.Gateway.HasExited, "a look at the rules");
        await Task.Delay(TimeSpan.FromSeconds(3));
        Assert.False(rig.Gateway.HasExited, rig.Gateway.Log);
        await LimitAsync(rig, "--nofile=4000:4000");

        await ListenerHost.EventuallyAsync(async () => await SessionAsync(rig) is null, "a whole session");
        await ListenerHost.EventuallyAsync(async () => await rig.Gateway.ReadinessAsync() == HttpStatusCode.OK, "ready");
    }

    [Fact]
    public async Task Refuses_while_its_store_can_grow_no_more_and_goes_on_when_it_can()
    {
        // The signal that comes with the limit is ignored, so that the write fails as it does on a full disk.
        await using var rig = await TestRig.StartAsync(new RigSettings(), ["sh", "-c", "trap '' XFSZ; exec \"$@\"", "sh"]);
        Assert.Null(await SessionAsync(rig));
        await LimitAsync(rig, "--fsize=4096:unlimited");
        await ListenerHost.EventuallyAsync(async () => await InformAsync(rig, 3) == 503, "503 for want of room");
        Assert.False(rig.Gateway.HasExited);

        await LimitAsync(rig, "--fsize=unlimited:unlimited");

        await ListenerHost.EventuallyAsync(async () => await SessionAsync(rig) is null, "a whole session");
        await ListenerHost.EventuallyAsync(async () => await rig.Gateway.ReadinessAsync() == HttpStatusCode.OK, "ready");
    }

    [Fact]
    public async Task Waits_for_or_refuses_what_a_locked_store_keeps_it_from_writing_and_goes_on_afterwards()
    {
        await using var rig = await TestRig.StartAsync(new RigSettings());
        await using (await LockAsync(rig))
        {
            Assert.Equal(503, await InformAsync(rig, 5));
            Assert.Equal(HttpStatusCode.OK, await rig.Gateway.ReadinessAsync());
        }

        await ListenerHost.EventuallyAsync(async () => await SessionAsync(rig) is null, "a whole session");
    }

    [Fact]
    public async Task Answers_everybody_on_one_core_while_more_devices_than_it_has_threads_wait_for_a_locked_store()
    {
        await using var rig = await TestRig.StartAsync(new RigSettings(), ["taskset", "-c", "0"]);
        Assert.Null(await SessionAsync(rig));
        await using (await LockAsync(rig))
        {
            var waiting = Task.WhenAll(Enumerable.Range(2, 15).Select(device => InformAsync(rig, device)));
            do
            {
                // One after the other, fifteen that keep a thread each would take longer.
                Assert.Equal(HttpStatusCode.OK, await rig.Gateway.ReadinessAsync().WaitAsync(TimeSpan.FromSeconds(10)));
                await Task.WhenAny(waiting, Task.Delay(TimeSpan.FromMilliseconds(50)));
            }
            while (!waiting.IsCompleted);

            Assert.All(await waiting, status => Assert.Equal(503, status));
        }

        await ListenerHost.EventuallyAsync(async () => await SessionAsync(rig) is null, "a whole session");
    }

    /// <summary>Somebody else's transaction, which the gateway's writer waits for.</summary>
    private static async Task<Microsoft.Data.Sqlite.SqliteConnection> LockAsync(TestRig rig)
    {
        var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={rig.Folder.At("registry.db")};Pooling=false");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "BEGIN IMMEDIATE";
        await command.ExecuteNonQueryAsync();
        return connection;
    }

    /// <summary>Connects; the reset of one that is turned away may come before it has noticed that it connected.</summary>
    private static async Task KnockAsync(TestRig rig, IPAddress from, List<Line> lines)
    {
        try
        {
            lines.Add(await Line.OpenAsync(rig.Gateway.Door("plain"), from, default));
        }
        catch (System.Net.Sockets.SocketException)
        {
            // Counted by the gateway, all the same.
        }
    }

    private static async Task LimitAsync(TestRig rig, string resource)
    {
        using var limit = System.Diagnostics.Process.Start("prlimit", [resource, $"--pid={rig.Gateway.Id}"]);
        await limit.WaitForExitAsync();
        Assert.Equal(0, limit.ExitCode);
    }

    private static async Task<int> InformAsync(TestRig rig, int device)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var serial = HonestFleet.Serial(device);
        await using var line = await Line.OpenTlsAsync(rig.Gateway.Door("fleet"), Home, rig.Folder.CertificateOf(serial), patience.Token);
        return (await line.AskAsync(Messages.Post(Messages.Inform(serial)), patience.Token)).Status;
    }

    private static async Task<string?> SessionAsync(TestRig rig)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        return await HonestFleet.SessionAsync(
            rig.Gateway.Door("fleet"), Home, rig.Folder.CertificateOf(HonestFleet.Serial(1)), HonestFleet.Serial(1), patience.Token);
    }
}
