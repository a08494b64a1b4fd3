namespace CwmpShield.Soak.Rig;

/// <summary>An operator who replaces files all the time: certificate, revocation list, rules, manifest, one after another.</summary>
internal sealed class Reloads : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly Task running;
    private int count;

    public Reloads(RigFolder folder, TimeSpan pause) => running = Task.Run(() => GoOnAsync(folder, pause));

    /// <summary>Files replaced so far.</summary>
    public int Count => Volatile.Read(ref count);

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await running;
        stop.Dispose();
    }

    private async Task GoOnAsync(RigFolder folder, TimeSpan pause)
    {
        Action[] files = [() => folder.ReplaceServerCertificate("fleet"), folder.ReplaceRevocations, folder.ReplaceRules, folder.ReplaceManifest];
        while (!stop.IsCancellationRequested)
        {
            files[count % files.Length]();
            Interlocked.Increment(ref count);
            await Task.WhenAny(Task.Delay(pause, stop.Token));
        }
    }
}
