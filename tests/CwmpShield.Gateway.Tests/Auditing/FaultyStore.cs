using CwmpShield.Gateway.Storage;

namespace CwmpShield.Gateway.Tests.Auditing;

/// <summary>When a write of a <see cref="FaultyStore"/> fails.</summary>
internal enum WriteFault
{
    None,

    /// <summary>Nothing is written.</summary>
    Before,

    /// <summary>It is written, and its caller is told that nobody knows: the connection broke behind the commit.</summary>
    After,
}

/// <summary>A store whose writes of the ledger's rows fail when the test says so.</summary>
internal sealed class FaultyStore(Store inner) : Store
{
    public WriteFault Fault { get; set; }

    public override string Engine => inner.Engine;

    public override ValueTask<T> ReadAsync<T>(Func<StoreCommands, ValueTask<T>> work, CancellationToken cancellationToken) => inner.ReadAsync(work, cancellationToken);

    public override async ValueTask<T> WriteAsync<T>(Func<StoreCommands, ValueTask<T>> work, CancellationToken cancellationToken)
    {
        var rows = await CountAsync();
        var fault = Fault;
        var result = await inner.WriteAsync(
            async commands =>
            {
                var done = await work(commands);
                var grown = (long)(await commands.ScalarAsync("SELECT COUNT(*) FROM ledger"))! > rows;
                return fault == WriteFault.Before && grown ? throw new RegistryUnavailableException("Nothing was written.", new IOException()) : (Done: done, Grown: grown);
            },
            cancellationToken);
        return fault == WriteFault.After && result.Grown ? throw new RegistryUnavailableException("The connection broke.", new IOException()) : result.Done;
    }

    public override Task WatchAsync(TimeProvider time, CancellationToken cancellationToken) => inner.WatchAsync(time, cancellationToken);

    public override void Dispose()
    {
    }

    private async ValueTask<long> CountAsync() => (long)(await inner.ReadAsync(commands => commands.ScalarAsync("SELECT COUNT(*) FROM ledger"), default))!;
}
