namespace CwmpShield.Gateway.Auditing.Syslog;

/// <summary>A way to a receiver: a connection, or datagrams.</summary>
internal interface ISyslogWire : IAsyncDisposable
{
    /// <summary>Whether the receiver still listens, as far as can be known.</summary>
    bool IsOpen { get; }

    /// <summary>Adds a message to what the next flush sends.</summary>
    void Add(ReadOnlySpan<byte> message);

    /// <summary>Sends what was added; how many bytes that was.</summary>
    ValueTask<int> FlushAsync(CancellationToken cancellation);

    /// <summary>Ends in order; true where the receiver has confirmed by its own end that it read everything.</summary>
    ValueTask<bool> EndAsync(CancellationToken cancellation);
}
