using System.Text;
using CwmpShield.Gateway.Auditing.Syslog;
using CwmpShield.Gateway.Tests.Doubles;

namespace CwmpShield.Gateway.Tests.Auditing.Syslog;

/// <summary>What delivery is made of.</summary>
public sealed class SyslogPartsTests
{
    private static readonly SyslogTimes Times = new() { Window = TimeSpan.FromSeconds(30), WindowBytes = 1000 };

    [Fact]
    public void Confirms_what_is_both_old_and_far_behind()
    {
        var clock = new MovableClock();
        var window = new SyslogWindow(Times, clock);
        window.Add(new SyslogCursor(1, 10, 0), 600);
        clock.Advance(TimeSpan.FromSeconds(20));
        window.Add(new SyslogCursor(1, 20, 0), 600);
        Assert.Empty(window.Confirmed());

        clock.Advance(TimeSpan.FromSeconds(20));
        Assert.Empty(window.Confirmed());
        window.Add(new SyslogCursor(1, 30, 0), 600);
        Assert.Equal([10L], window.Confirmed().Select(cursor => cursor.Sequence));
        Assert.Equal([20L, 30L], window.ConfirmAll().Select(cursor => cursor.Sequence));
    }

    [Fact]
    public void Forgets_what_an_earlier_connection_sent()
    {
        var window = new SyslogWindow(Times, new MovableClock());
        window.Add(new SyslogCursor(1, 10, 0), 600);
        window.Clear();

        Assert.Empty(window.ConfirmAll());
    }

    [Fact]
    public void Cuts_a_datagram_between_characters_and_says_so()
    {
        var message = Encoding.UTF8.GetBytes("<13>1 - - - - - [cwmpshield@32473 sequence=\"1\"] " + string.Concat(Enumerable.Repeat("é", 2000)));
        var cut = SyslogDatagrams.Fitting(message);

        Assert.InRange(cut.Length, SyslogDatagrams.MaxLength - 1, SyslogDatagrams.MaxLength);
        Assert.StartsWith("<13>1 - - - - - [cwmpshield@32473 sequence=\"1\" truncated=\"1\"] é", new UTF8Encoding(false, true).GetString(cut), StringComparison.Ordinal);
    }

    [Fact]
    public void Waits_longer_after_each_failure_and_never_beyond_the_bound()
    {
        Assert.All(Enumerable.Range(0, 100), _ => Assert.InRange(SyslogBackoff.Of(1, Times), Times.FirstWait / 2, Times.FirstWait));
        Assert.All(Enumerable.Range(1, 100), failures => Assert.InRange(SyslogBackoff.Of(failures * 1000, Times), Times.LastWait / 2, Times.LastWait));
        Assert.True(Enumerable.Range(0, 20).Select(_ => SyslogBackoff.Of(3, Times)).Distinct().Count() > 1);
    }
}
