using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Listening;
using Microsoft.Extensions.Logging;

namespace CwmpShield.Gateway.Revocation;

/// <summary>Where one listener's knowledge of revocation comes from: files, addresses and a responder.</summary>
internal sealed class RevocationSources
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);
    private readonly RevocationState state;
    private readonly CrlFile[] files;
    private readonly CrlAddress[] addresses;
    private readonly OcspClient? ocsp;
    private readonly TimeProvider time;
    private ClientCaBundle? bundle;

    /// <summary>The sources that <paramref name="listener"/> names.</summary>
    public RevocationSources(
        ListenerOptions listener, RevocationState state, RevocationHttp http, RevocationMetrics metrics, TimeProvider time, ILogger logger)
    {
        var options = listener.Revocation;
        (this.state, this.time, Listener) = (state, time, listener.Name);
        files = [.. options.CrlFiles.Select(path => new CrlFile(path, listener, state, time, logger))];
        addresses = [.. options.CrlUrls.Select(address => new CrlAddress(address, listener, state, http, time, logger))];
        ocsp = state.Ocsp is null ? null : new OcspClient(listener, state, http, metrics, time, logger);
    }

    /// <summary>Name of the listener.</summary>
    public string Listener { get; }

    /// <summary>The lists in use.</summary>
    public Core.Identity.Revocation.RevocationLists Lists => state.Lists;

    /// <summary>Takes in what has changed in bundle and files.</summary>
    public void PollFiles()
    {
        if (!ReferenceEquals(bundle, state.Bundle))
        {
            bundle = state.Bundle;
            state.KeepAuthorities();
        }

        Array.ForEach(files, file => file.Poll());
    }

    /// <summary>Keeps everything fresh until it is cancelled; a slow server holds up nothing but its own lists.</summary>
    public Task RunAsync(CancellationToken cancellationToken) => Task.WhenAll(
    [
        EveryIntervalAsync(PollFilesAsync, cancellationToken),
        .. addresses.Select(address => EveryIntervalAsync(address.PollAsync, cancellationToken)),
        ocsp?.RunAsync(cancellationToken) ?? Task.CompletedTask,
    ]);

    private Task PollFilesAsync(CancellationToken cancellationToken)
    {
        PollFiles();
        return Task.CompletedTask;
    }

    private async Task EveryIntervalAsync(Func<CancellationToken, Task> poll, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            await poll(cancellationToken);
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }
}
