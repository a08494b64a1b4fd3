using System.Text.Json;
using CwmpShield.Cli;

namespace CwmpShield.Gateway.Tests.Cli;

public sealed class WorkerThreadTests
{
    [Fact]
    public void Keeps_a_thread_for_each_core_and_one_that_may_wait_for_the_disk()
    {
        WorkerThreads.Prepare();
        ThreadPool.GetMinThreads(out var workers, out _);
        Assert.True(workers > Environment.ProcessorCount, $"{workers} threads for {Environment.ProcessorCount} cores");
    }

    [Fact]
    public void Ships_with_a_pool_that_does_not_grow_by_trial()
    {
        using var shipped = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "cwmpshield.runtimeconfig.json")));
        var options = shipped.RootElement.GetProperty("runtimeOptions").GetProperty("configProperties");
        Assert.True(options.GetProperty("System.Threading.ThreadPool.HillClimbing.Disable").GetBoolean());
        Assert.Equal(10, options.GetProperty("System.Threading.ThreadPool.UnfairSemaphoreSpinLimit").GetInt32());
    }
}
