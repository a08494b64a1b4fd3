using System.Text.Json;
using CwmpShield.Cli.Sizing;
using CwmpShield.Core.Tests;

namespace CwmpShield.Gateway.Tests.Cli;

public sealed class SizingCommandTests
{
    [Fact]
    public async Task Computes_a_fleet_by_the_documented_formula()
    {
        var (code, output, _) = await CommandLine.RunAsync(SizingCommand.Create(), "--devices", "1000000", "--interval", "1h", "--orders", "2", "--json");
        var plan = JsonDocument.Parse(output).RootElement;

        Assert.Equal(0, code);
        var sessions = 1_000_000 / 3600.0;
        Assert.Equal(sessions, plan.GetProperty("sessionsPerSecond").GetDouble(), 6);
        Assert.Equal(Math.Ceiling(sessions * MeasuredCosts.Peak * MeasuredCosts.SessionMilliseconds / 1000 / MeasuredCosts.Busy), plan.GetProperty("cores").GetDouble());
        Assert.Equal(sessions * 86_400 * 2 * MeasuredCosts.LedgerBytesPerOrder, plan.GetProperty("ledgerBytesPerDay").GetDouble(), 0);
        Assert.Equal(Math.Ceiling(sessions * MeasuredCosts.Peak * 10), plan.GetProperty("concurrentSessions").GetDouble());
    }

    [Fact]
    public void Needs_more_for_more_devices_and_for_shorter_intervals()
    {
        var plan = new SizingPlan(1_000_000, TimeSpan.FromHours(1), 3, 10);

        Assert.True((plan with { Devices = 2_000_000 }).Cores > plan.Cores);
        Assert.True((plan with { Interval = TimeSpan.FromMinutes(15) }).MemoryMebibytes > plan.MemoryMebibytes);
        Assert.Equal(0, (plan with { Orders = 0 }).LedgerBytesPerDay);
        Assert.Equal(2, (plan with { Devices = 1 }).Cores);
    }

    [Fact]
    public async Task Prints_the_table_of_the_documentation()
    {
        var (code, output, _) = await CommandLine.RunAsync(SizingCommand.Create());

        Assert.Equal(0, code);
        Assert.Contains(output.Trim(), await File.ReadAllTextAsync(Repository.Path("docs", "sizing.md")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--devices", "0")]
    [InlineData("--interval", "never")]
    [InlineData("--interval", "60d")]
    [InlineData("--orders", "-1")]
    [InlineData("--session-seconds", "0")]
    public async Task Refuses_what_no_fleet_has(string option, string value) =>
        Assert.Equal(2, (await CommandLine.RunAsync(SizingCommand.Create(), option, value)).Code);
}
