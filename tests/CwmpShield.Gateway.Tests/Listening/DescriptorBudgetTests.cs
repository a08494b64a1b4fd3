using CwmpShield.Gateway.Listening;

namespace CwmpShield.Gateway.Tests.Listening;

/// <summary>How many connections the process has files for.</summary>
public sealed class DescriptorBudgetTests
{
    [Theory]
    [InlineData(1024, 200, 364)]
    [InlineData(300, 200, 2)]
    [InlineData(100, 200, 1)]
    [InlineData(long.MaxValue, 0, int.MaxValue)]
    public void Counts_two_files_for_a_connection_and_keeps_a_reserve(long limit, int used, int capacity) =>
        Assert.Equal(capacity, new DescriptorBudget(limit, used).Capacity);

    [Fact]
    public void Refuses_beyond_its_capacity_and_takes_the_next_when_one_ends()
    {
        var budget = new DescriptorBudget(100, 200);
        Assert.True(budget.TryEnter());
        Assert.False(budget.TryEnter());
        Assert.False(budget.TryEnter());
        budget.Leave();

        Assert.True(budget.TryEnter());
    }

    [Fact]
    public void Reads_the_limit_of_this_process() => Assert.InRange(DescriptorBudget.OfProcess().Capacity, 1, int.MaxValue);
}
