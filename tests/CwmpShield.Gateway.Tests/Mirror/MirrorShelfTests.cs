using CwmpShield.Core.Firmware;
using CwmpShield.Gateway.Mirror;
using CwmpShield.Gateway.Tests.Listening;
using Microsoft.Extensions.Logging.Abstractions;

namespace CwmpShield.Gateway.Tests.Mirror;

/// <summary>The shelf's budget, what it finds at the start, and fetches that are begun once.</summary>
public sealed class MirrorShelfTests
{
    [Fact]
    public async Task Evicts_the_least_recently_ordered_when_the_budget_is_full()
    {
        using var lab = new FetchLab(change: options => options with { MaxBytes = 250_000 });
        MirrorTarget[] targets = [Write(lab, "a"), Write(lab, "b"), Write(lab, "c")];
        Assert.Equal("", await lab.RunAsync("https://files.example/a", targets[0]));
        lab.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("", await lab.RunAsync("https://files.example/b", targets[1]));
        lab.Clock.Advance(TimeSpan.FromMinutes(1));
        lab.Shelf.Ordered(lab.Shelf.Find(targets[0].Sha256)!);

        Assert.Equal("", await lab.RunAsync("https://files.example/c", targets[2]));

        Assert.NotNull(lab.Shelf.Find(targets[0].Sha256));
        Assert.Null(lab.Shelf.Find(targets[1].Sha256));
        Assert.NotNull(lab.Shelf.Find(targets[2].Sha256));
        Assert.Equal(2, lab.Files.Length);
    }

    [Fact]
    public async Task Refuses_a_file_that_the_budget_can_never_hold_and_evicts_nothing_for_it()
    {
        using var lab = new FetchLab(change: options => options with { MaxBytes = 150_000 });
        var small = Write(lab, "a");
        Assert.Equal("", await lab.RunAsync("https://files.example/a", small));

        Assert.Equal(MirrorReason.DiskFull, await lab.RunAsync("https://files.example/image.bin"));

        Assert.NotNull(lab.Shelf.Find(small.Sha256));
    }

    [Fact]
    public async Task Never_offers_a_part_or_an_unverified_file_after_a_crash()
    {
        using var lab = new FetchLab();
        await File.WriteAllBytesAsync(lab.Shelf.PartOf(FetchLab.Target.Sha256), FetchLab.Image);
        var torn = FetchLab.TargetOf([1, 2, 3], "torn");
        await File.WriteAllBytesAsync(lab.Place(torn.Sha256), [1, 2]);
        var whole = FetchLab.TargetOf([4, 5, 6], "whole");
        await File.WriteAllBytesAsync(lab.Place(whole.Sha256), [4, 5, 6]);

        lab.Restart();
        Assert.Null(lab.Shelf.Find(whole.Sha256));
        using var fetches = Fetches(lab);
        Assert.Equal(new MirrorState.Absent(ArtefactReason.NotReady), Ask(fetches, whole));
        await fetches.StartAsync(default);
        await ListenerHost.EventuallyAsync(() => Ask(fetches, whole) is MirrorState.Ready, "the whole file");

        Assert.Null(lab.Shelf.Find(FetchLab.Target.Sha256));
        Assert.Null(lab.Shelf.Find(torn.Sha256));
        Assert.DoesNotContain(torn.Sha256, lab.Files);
        await fetches.StopAsync(default);
    }

    [Fact]
    public async Task Fetches_once_however_many_orders_name_the_file()
    {
        var gate = new TaskCompletionSource();
        await using var server = await OriginServer.StartAsync(async context =>
        {
            await gate.Task;
            await OriginServer.Serve(FetchLab.Image)(context);
        });
        using var lab = new FetchLab(server);
        using var fetches = Fetches(lab);
        for (var i = 0; i < 100; i++)
        {
            Assert.Equal(new MirrorState.Absent(ArtefactReason.NotReady), Ask(fetches, FetchLab.Target, server.Address + "/image.bin"));
        }

        gate.SetResult();
        await ListenerHost.EventuallyAsync(() => Ask(fetches, FetchLab.Target, server.Address + "/image.bin") is MirrorState.Ready, "the file");

        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Says_why_a_fetch_failed_and_tries_again_after_a_pause_even_if_the_clock_was_set_back()
    {
        var answer = OriginServer.Serve(new byte[FetchLab.Image.Length]);
        await using var server = await OriginServer.StartAsync(context => answer(context));
        using var lab = new FetchLab(server);
        using var fetches = Fetches(lab);
        MirrorState Now() => Ask(fetches, FetchLab.Target, server.Address + "/image.bin");
        Now();
        await ListenerHost.EventuallyAsync(() => Now() == new MirrorState.Absent(MirrorReason.HashMismatch), "the reason");
        Assert.Single(server.Requests);

        answer = OriginServer.Serve(FetchLab.Image);
        lab.Clock.Jump(TimeSpan.FromDays(-300));
        await ListenerHost.EventuallyAsync(() => Now() is MirrorState.Ready, "the file");

        Assert.Equal(2, server.Requests.Count);
    }

    private static MirrorTarget Write(FetchLab lab, string name)
    {
        var content = new byte[100_000];
        content[0] = (byte)name[0];
        File.WriteAllBytes(lab.Origin(name), content);
        return FetchLab.TargetOf(content, name);
    }

    private static MirrorFetches Fetches(FetchLab lab) => new(lab.Shelf, lab.Fetch, lab.Options.Fetch, lab.Clock, NullLogger<MirrorFetches>.Instance);

    private static MirrorState Ask(MirrorFetches fetches, MirrorTarget target, string url = "https://files.example/nothing") =>
        fetches.Ask(target, url, null, () => true);
}
