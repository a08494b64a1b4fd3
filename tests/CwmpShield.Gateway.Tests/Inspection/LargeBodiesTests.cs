using CwmpShield.Gateway.Inspection;

namespace CwmpShield.Gateway.Tests.Inspection;

public sealed class LargeBodiesTests
{
    [Fact]
    public async Task Lets_no_more_large_bodies_be_judged_at_one_time_than_there_are_processors()
    {
        using var large = new LargeBodies();
        var places = new List<LargeBodies.Place>();
        for (var i = 0; i < Environment.ProcessorCount; i++)
        {
            places.Add(await large.EnterAsync(LargeBodies.LargeBytes, CancellationToken.None));
        }

        var waiting = large.EnterAsync(LargeBodies.LargeBytes, CancellationToken.None).AsTask();
        Assert.False(waiting.IsCompleted);

        places[0].Dispose();
        (await waiting).Dispose();
    }

    [Fact]
    public async Task Never_lets_a_small_body_wait()
    {
        using var large = new LargeBodies();
        for (var i = 0; i < Environment.ProcessorCount; i++)
        {
            await large.EnterAsync(int.MaxValue, CancellationToken.None);
        }

        var small = large.EnterAsync(LargeBodies.LargeBytes - 1, CancellationToken.None).AsTask();

        Assert.True(small.IsCompletedSuccessfully);
        (await small).Dispose();
    }

    [Fact]
    public async Task Lets_a_device_that_goes_away_leave_the_queue()
    {
        using var large = new LargeBodies();
        for (var i = 0; i < Environment.ProcessorCount; i++)
        {
            await large.EnterAsync(int.MaxValue, CancellationToken.None);
        }

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => large.EnterAsync(int.MaxValue, new CancellationToken(canceled: true)).AsTask());
    }
}
