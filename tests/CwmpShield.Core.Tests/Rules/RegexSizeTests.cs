using CwmpShield.Core.Rules;

namespace CwmpShield.Core.Tests.Rules;

public sealed class RegexSizeTests
{
    [Theory]
    [InlineData("abc", 3)]
    [InlineData("a{3}", 3)]
    [InlineData("(ab){10}", 30)]
    [InlineData("[a-z]{1,63}(\\.[a-z]{1,63}){1,10}", 713)]
    [InlineData("a\\{9}b", 5)]
    [InlineData("[{9}]x", 2)]
    [InlineData("a{2,}", 2)]
    [InlineData("a{x}", 4)]
    public void Counts_repeats_written_out(string pattern, long size) => Assert.Equal(size, RegexSize.Of(pattern));

    [Theory]
    [InlineData("(((a{100}){100}){100})")]
    [InlineData("a{99999999999999999999}")]
    [InlineData("((((((a{99}){99}){99}){99}){99}){99})")]
    public void Knows_what_grows_without_bound(string pattern) => Assert.True(RegexSize.Of(pattern) > 10_000);
}
