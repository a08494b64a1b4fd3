using System.Security.Cryptography;
using CwmpShield.Core.ConnectionRequests;

namespace CwmpShield.Core.Tests.ConnectionRequests;

public sealed class BrokerTokenTests
{
    private static readonly byte[] Key = RandomNumberGenerator.GetBytes(32);
    private readonly BrokerToken tokens = new(Key);

    [Theory]
    [InlineData(1, 0)]
    [InlineData(long.MaxValue, int.MaxValue)]
    public void Reads_the_device_and_generation_that_it_wrote(long device, int generation)
    {
        var token = tokens.Create(device, generation);

        Assert.Equal(BrokerToken.Length, token.Length);
        Assert.True(tokens.TryRead(token, out var readDevice, out var readGeneration));
        Assert.Equal((device, generation), (readDevice, readGeneration));
    }

    [Fact]
    public void Writes_the_same_token_for_the_same_device_after_a_restart() =>
        Assert.Equal(tokens.Create(7, 1), new BrokerToken(Key).Create(7, 1));

    [Fact]
    public void Writes_unrelated_tokens_for_neighbours()
    {
        var token = tokens.Create(7, 0);

        Assert.NotEqual(token[..8], tokens.Create(8, 0)[..8]);
        Assert.NotEqual(token[^8..], tokens.Create(8, 0)[^8..]);
        Assert.NotEqual(token[^8..], tokens.Create(7, 1)[^8..]);
    }

    [Fact]
    public void Refuses_a_token_with_any_character_changed()
    {
        var token = tokens.Create(7, 0);
        for (var i = 0; i < token.Length; i++)
        {
            // The last character carries two bits that decoding may ignore: every other spelling must be refused too.
            foreach (var c in "ABCDwxyz0189-_")
            {
                if (c != token[i])
                {
                    Assert.False(tokens.TryRead(string.Concat(token.AsSpan(0, i), [c], token.AsSpan(i + 1)), out _, out _));
                }
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("====AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("   AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void Refuses_what_is_no_token(string text) => Assert.False(tokens.TryRead(text, out _, out _));

    [Fact]
    public void Refuses_a_token_of_another_store() =>
        Assert.False(tokens.TryRead(new BrokerToken(RandomNumberGenerator.GetBytes(32)).Create(7, 0), out _, out _));
}
