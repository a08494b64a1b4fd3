using System.Diagnostics;
using CwmpShield.Gateway.WebConsole.Accounts;
using Microsoft.Extensions.DependencyInjection;

namespace CwmpShield.Console.Tests;

public sealed class AccountTests
{
    private const string Password = "correct horse battery";

    [Fact]
    public void Keeps_passwords_as_salted_hashes_that_tell_their_cost()
    {
        var kept = PasswordHash.Create(Password);
        Assert.Equal(["pbkdf2-sha512", "220000"], kept.Split('$')[..2]);
        Assert.NotEqual(kept, PasswordHash.Create(Password));
        Assert.True(PasswordHash.Fits(kept, Password));
        Assert.False(PasswordHash.Fits(kept, Password + " "));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("plain$1$AAAAAAAAAAAAAAAAAAAAAA==$AAAA")]
    [InlineData("pbkdf2-sha512$0$AAAAAAAAAAAAAAAAAAAAAA==$AAAA")]
    [InlineData("pbkdf2-sha512$220000$not base64$AAAA")]
    public void Fits_nothing_to_what_is_no_hash_and_takes_as_long(string? kept)
    {
        var good = PasswordHash.Create(Password);
        PasswordHash.Fits(good, Password);
        var own = Least(() => PasswordHash.Fits(good, "wrong horse battery"));
        var none = Least(() => Assert.False(PasswordHash.Fits(kept, "wrong horse battery")));
        Assert.InRange(none / own, 0.4, 2.5);
    }

    [Theory]
    [InlineData("short")]
    [InlineData("aaaaaaaaaaaaaaaa")]
    [InlineData("olaf-and-his-password")]
    [InlineData("correct\nhorse battery")]
    public void Takes_no_password_that_is_guessed(string password) => Assert.NotNull(PasswordPolicy.Problem(password, "olaf"));

    [Fact]
    public void Takes_a_long_password() => Assert.Null(PasswordPolicy.Problem(Password, "olaf"));

    [Theory]
    [InlineData("olaf", true)]
    [InlineData("olaf.b@noc-1", true)]
    [InlineData("Olaf", false)]
    [InlineData(".olaf", false)]
    [InlineData("", false)]
    [InlineData("olaf b", false)]
    [InlineData("<b>", false)]
    public void Names_accounts_in_a_narrow_alphabet(string name, bool isGood) => Assert.Equal(isGood, AccountName.IsGood(name));

    [Fact]
    public void Locks_a_name_out_at_strange_places_and_never_where_its_owner_was()
    {
        var throttle = new SignInThrottle(TimeProvider.System);
        for (var i = 0; i < SignInThrottle.MaxOfName; i++)
        {
            throttle.Fail("olaf", $"192.0.2.{i}", isFamiliar: false);
        }

        Assert.True(throttle.IsLocked("olaf", "198.51.100.1", isFamiliar: false));
        Assert.False(throttle.IsLocked("olaf", "203.0.113.5", isFamiliar: true));
        Assert.False(throttle.IsLocked("vera", "198.51.100.1", isFamiliar: false));
    }

    [Fact]
    public void Locks_a_source_out_that_tries_many_names()
    {
        var throttle = new SignInThrottle(TimeProvider.System);
        for (var i = 0; i < SignInThrottle.MaxOfSource; i++)
        {
            throttle.Fail($"name{i}", "192.0.2.1", isFamiliar: false);
        }

        Assert.True(throttle.IsLocked("olaf", "192.0.2.1", isFamiliar: false));
        Assert.False(throttle.IsLocked("olaf", "192.0.2.2", isFamiliar: false));
    }

    [Fact]
    public void Lets_go_after_the_window_whatever_was_tried_meanwhile()
    {
        var clock = new Clock();
        var throttle = new SignInThrottle(clock);
        for (var i = 0; i < SignInThrottle.MaxOfPair; i++)
        {
            throttle.Fail("olaf", "192.0.2.1", isFamiliar: true);
        }

        clock.Forward(SignInThrottle.Window - TimeSpan.FromSeconds(1));
        Assert.True(throttle.IsLocked("olaf", "192.0.2.1", isFamiliar: true));
        clock.Forward(TimeSpan.FromSeconds(2));
        Assert.False(throttle.IsLocked("olaf", "192.0.2.1", isFamiliar: true));
    }

    [Theory]
    [InlineData("192.0.2.7", "192.0.2.7")]
    [InlineData("::ffff:192.0.2.7", "192.0.2.7")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    [InlineData("::1", "::1")]
    public void Takes_a_network_of_IPv6_for_one_source(string address, string source) =>
        Assert.Equal(source, SignInThrottle.SourceOf(System.Net.IPAddress.Parse(address)));

    /// <summary>The least of several times: whatever else the process does only adds to one.</summary>
    private static double Least(Action work) => Enumerable.Range(0, 7).Min(_ => Cpu(work));

    private static double Cpu(Action work)
    {
        var process = Process.GetCurrentProcess();
        process.Refresh();
        var before = process.TotalProcessorTime;
        for (var i = 0; i < 3; i++)
        {
            work();
        }

        process.Refresh();
        return (process.TotalProcessorTime - before).TotalMilliseconds;
    }

    private sealed class Clock : TimeProvider
    {
        private long ticks;

        public override long GetTimestamp() => ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Forward(TimeSpan span) => ticks += span.Ticks;
    }

    [Fact]
    public async Task Begins_no_session_for_a_password_that_was_changed_meanwhile_nor_for_an_account_that_is_gone()
    {
        await using var lab = await ConsoleLab.StartAsync();
        var sessions = lab.Services.GetRequiredService<SessionStore>();
        var (olaf, hash) = (await lab.Accounts.FindAsync(ConsoleLab.Operator, default))!.Value;
        Assert.NotNull(await sessions.BeginAsync(olaf.Key, hash, "127.0.0.1", default));

        await lab.Accounts.SetPasswordAsync(ConsoleLab.Operator, "another horse battery", default);
        Assert.Null(await sessions.BeginAsync(olaf.Key, hash, "127.0.0.1", default));

        var (vera, veras) = (await lab.Accounts.FindAsync(ConsoleLab.Viewer, default))!.Value;
        await lab.Accounts.SetDisabledAsync(ConsoleLab.Viewer, isDisabled: true, default);
        Assert.Null(await sessions.BeginAsync(vera.Key, veras, "127.0.0.1", default));
        await lab.Accounts.RemoveAsync(ConsoleLab.Viewer, default);
        Assert.Null(await sessions.BeginAsync(vera.Key, veras, "127.0.0.1", default));
        Assert.Equal(0L, await lab.Store.ReadAsync(commands => commands.ScalarAsync("SELECT count(*) FROM console_session"), default));
    }
}
