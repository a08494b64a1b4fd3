namespace CwmpShield.Gateway.Auditing.Syslog;

/// <summary>How patient delivery is.</summary>
internal sealed record SyslogTimes
{
    /// <summary>How long after a record that nothing waits before delivery looks for more.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How long a receiver may take to connect, or to take what it is sent.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest wait after the first failure in a row; it doubles with each.</summary>
    public TimeSpan FirstWait { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The longest wait between attempts.</summary>
    public TimeSpan LastWait { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long what was sent counts as unconfirmed.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How many of the bytes sent last count as unconfirmed, however long ago.</summary>
    public long WindowBytes { get; init; } = 256 << 10;

    /// <summary>How long a connection must stand before it is told as good, and before failures are forgotten.</summary>
    public TimeSpan Settle { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How often the cursor is written down.</summary>
    public TimeSpan Save { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How often it is measured how far receivers are behind.</summary>
    public TimeSpan Measure { get; init; } = TimeSpan.FromSeconds(5);
}
