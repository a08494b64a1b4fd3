using System.Security.Cryptography;
using CwmpShield.Core.Identity;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace CwmpShield.Core.Tests.Identity;

public sealed class DigestNonceTests
{
    private readonly TestClock clock = new();
    private readonly byte[] key = RandomNumberGenerator.GetBytes(32);

    [Fact]
    public void Accepts_its_own_nonce_until_it_is_old()
    {
        var nonces = Nonces();
        var nonce = nonces.Create();
        Assert.True(nonces.TryRead(nonce, out _));
        clock.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromMilliseconds(1));
        Assert.True(nonces.TryRead(nonce, out _));
        clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.False(nonces.TryRead(nonce, out _));
    }

    [Fact]
    public void Refuses_a_nonce_from_the_future()
    {
        var nonce = Nonces().Create();
        clock.Advance(TimeSpan.FromSeconds(-1));
        Assert.False(Nonces().TryRead(nonce, out _));
    }

    [Theory]
    [InlineData("other", "CwmpShield")]
    [InlineData("cpe", "other")]
    [InlineData("cpeC", "wmpShield")]
    public void Refuses_the_nonce_of_another_listener_or_realm(string listener, string realm) =>
        Assert.False(Nonces(listener, realm).TryRead(Nonces().Create(), out _));

    [Fact]
    public void Refuses_the_nonce_of_another_process() =>
        Assert.False(Nonces().TryRead(new DigestNonces(RandomNumberGenerator.GetBytes(32), "cpe", "CwmpShield", TimeSpan.FromMinutes(5), clock).Create(), out _));

    [Fact]
    public void Refuses_a_nonce_with_any_digit_changed()
    {
        var nonces = Nonces();
        var nonce = nonces.Create();
        for (var i = 0; i < nonce.Length; i++)
        {
            var digits = nonce.ToCharArray();
            digits[i] = digits[i] == '0' ? '1' : '0';
            Assert.False(nonces.TryRead(new string(digits), out _));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("64d30fa881e17e569f4365309f6c1a9a")]
    [InlineData("zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz")]
    public void Refuses_what_is_no_nonce(string text) => Assert.False(Nonces().TryRead(text, out _));

    [Fact]
    public void Makes_a_new_nonce_every_time()
    {
        var nonces = Nonces();
        Assert.Equal(100, Enumerable.Range(0, 100).Select(_ => nonces.Create()).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Takes_each_count_once()
    {
        var ledger = new NonceLedger();
        var nonce = new NonceStamp(1, 1);
        Assert.True(ledger.TryUse(nonce, 1));
        Assert.False(ledger.TryUse(nonce, 1));
        Assert.True(ledger.TryUse(nonce, 2));
        Assert.True(ledger.TryUse(nonce, 5));
        Assert.True(ledger.TryUse(nonce, 3));
        Assert.False(ledger.TryUse(nonce, 3));
        Assert.False(ledger.TryUse(nonce, 2));
        Assert.True(ledger.TryUse(new NonceStamp(1, 2), 1));
    }

    [Theory]
    [InlineData(1000u, 937u, true)]
    [InlineData(1000u, 936u, false)]
    [InlineData(uint.MaxValue, uint.MaxValue - 63, true)]
    [InlineData(uint.MaxValue, 1u, false)]
    public void Takes_late_counts_within_the_window_only(uint highest, uint late, bool isTaken)
    {
        var ledger = new NonceLedger();
        var nonce = new NonceStamp(1, 1);
        Assert.True(ledger.TryUse(nonce, 1));
        Assert.True(ledger.TryUse(nonce, highest));
        Assert.Equal(isTaken, ledger.TryUse(nonce, late));
    }

    [Fact]
    public void Never_takes_a_count_twice_whatever_the_order() => Prop.ForAll<(byte Nonce, ushort Count)[]>(uses =>
    {
        var ledger = new NonceLedger(capacity: 3);
        var taken = new HashSet<(byte, ushort)>();
        return (uses ?? []).All(use => !ledger.TryUse(new NonceStamp(use.Nonce, 0), use.Count % 200u) || taken.Add((use.Nonce, (ushort)(use.Count % 200))));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Fact]
    public void Forgets_the_oldest_nonce_when_full_and_takes_it_for_stale_ever_after()
    {
        var ledger = new NonceLedger(capacity: 2);
        Assert.True(ledger.TryUse(new NonceStamp(10, 0), 1));
        Assert.True(ledger.TryUse(new NonceStamp(20, 0), 1));
        Assert.True(ledger.TryUse(new NonceStamp(30, 0), 1));
        Assert.False(ledger.TryUse(new NonceStamp(10, 0), 2));
        Assert.False(ledger.TryUse(new NonceStamp(5, 7), 1));
        Assert.True(ledger.TryUse(new NonceStamp(20, 0), 2));
        Assert.True(ledger.TryUse(new NonceStamp(40, 0), 1));
    }

    [Fact]
    public void Challenges_once_with_what_devices_understand()
    {
        Assert.Equal(
            "Digest realm=\"CwmpShield\", qop=\"auth\", nonce=\"abc\", algorithm=MD5",
            DigestChallenge.Digest(DigestHash.Md5, "CwmpShield", "abc", stale: false));
        Assert.Equal(
            "Digest realm=\"a\\\"b\\\\c\", qop=\"auth\", nonce=\"abc\", algorithm=SHA-256, stale=true",
            DigestChallenge.Digest(DigestHash.Sha256, "a\"b\\c", "abc", stale: true));
        Assert.Equal("Basic realm=\"CwmpShield\"", DigestChallenge.Basic("CwmpShield"));
    }

    private DigestNonces Nonces(string listener = "cpe", string realm = "CwmpShield") =>
        new(key, listener, realm, TimeSpan.FromMinutes(5), clock);
}
