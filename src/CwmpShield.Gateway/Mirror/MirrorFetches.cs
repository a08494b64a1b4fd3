using System.Collections.Concurrent;
using System.Net;
using CwmpShield.Core.Firmware;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Telemetry;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CwmpShield.Gateway.Mirror;

/// <summary>
/// Sees to it that each artefact is fetched once, however many orders name it, a few at one time, and not again at once after a
/// failure. At the start it hashes what is on the shelf; until then those files count as being fetched.
/// </summary>
internal sealed class MirrorFetches(MirrorShelf shelf, MirrorFetch fetch, MirrorFetchOptions options, TimeProvider time, ILogger<MirrorFetches> log) : BackgroundService
{
    private const int MaxQueued = 64;
    private const int MaxRemembered = 1024;
    private const int MaxDoublings = 6;

    private readonly Dictionary<string, Attempt> attempts = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Task, bool> running = new();
    private readonly HashSet<string> unverified = [.. shelf.Found()];
    private readonly SemaphoreSlim places = new(options.MaxFetches, options.MaxFetches);
    private readonly CancellationTokenSource stopping = new();
    private readonly Lock sync = new();

    /// <summary>Where the artefact stands; where it is absent and nothing speaks against it, its fetch begins.</summary>
    /// <param name="artefact">What.</param>
    /// <param name="url">Where from.</param>
    /// <param name="credential">What the order brought for the origin, null when nothing.</param>
    /// <param name="mayGoOn">Whether the artefact is still to be had.</param>
    public MirrorState Ask(MirrorTarget artefact, string url, NetworkCredential? credential, Func<bool> mayGoOn)
    {
        if (shelf.Find(artefact.Sha256) is { } file)
        {
            return file.Size == artefact.Size ? new MirrorState.Ready(file) : new MirrorState.Absent(MirrorReason.SizeMismatch);
        }

        lock (sync)
        {
            var now = time.GetUtcNow();
            var last = attempts.GetValueOrDefault(artefact.Sha256);
            if (unverified.Contains(artefact.Sha256) || last is { IsRunning: true })
            {
                return new MirrorState.Absent(ArtefactReason.NotReady);
            }

            // A clock that was set back must not make the pause longer.
            if (last is not null && last.Reason.Length > 0 && now < last.RetryAt && last.RetryAt - now <= Pause(last.Failures))
            {
                return new MirrorState.Absent(last.Reason);
            }

            if (attempts.Values.Count(one => one.IsRunning) < MaxQueued && !stopping.IsCancellationRequested)
            {
                Remember(artefact.Sha256, new Attempt(IsRunning: true, last?.Reason ?? "", last?.Failures ?? 0, now));
                Begin(artefact, url, credential, mayGoOn);
            }

            return new MirrorState.Absent(ArtefactReason.NotReady);
        }
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        // A fetch ends between two writes; what it has is continued after the next start.
        await stopping.CancelAsync();
        await base.StopAsync(cancellationToken);
        await Task.WhenAny(Task.WhenAll(running.Keys), Task.Delay(Timeout.Infinite, cancellationToken));
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        stopping.Dispose();
        places.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.Run(
        () =>
        {
            foreach (var sha256 in shelf.Found())
            {
                stoppingToken.ThrowIfCancellationRequested();
                Verify(sha256, stoppingToken);
            }
        },
        stoppingToken);

    /// <summary>A found file is a file again, or nothing.</summary>
    private void Verify(string sha256, CancellationToken cancellationToken)
    {
        try
        {
            var file = shelf.Restore(sha256, restored => FileDigest.Of(restored.Path, cancellationToken) == sha256);
            if (file is null)
            {
                log.FileDamaged(sha256);
            }
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
        {
            log.FileUnreadable(sha256, broken);
        }

        lock (sync)
        {
            unverified.Remove(sha256);
        }
    }

    private void Begin(MirrorTarget artefact, string url, NetworkCredential? credential, Func<bool> mayGoOn)
    {
        var task = Task.Run(() => RunAsync(artefact, url, credential, mayGoOn));
        running[task] = true;
        _ = task.ContinueWith(ended => running.TryRemove(ended, out _), TaskScheduler.Default);
    }

    private async Task RunAsync(MirrorTarget artefact, string url, NetworkCredential? credential, Func<bool> mayGoOn)
    {
        var reason = MirrorReason.FetchError;
        try
        {
            await places.WaitAsync(stopping.Token);
            try
            {
                log.FetchBegins(artefact.Name);
                reason = await Task.Run(() => fetch.RunAsync(artefact, url, credential, mayGoOn, stopping.Token), stopping.Token);
                log.FetchEnded(artefact.Name, reason.Length == 0 ? "verified" : reason);
            }
            finally
            {
                places.Release();
            }
        }
        catch (Exception error) when (error is OperationCanceledException or ObjectDisposedException)
        {
            // The process stops; what is there is continued after the next start.
        }
        catch (Exception error)
        {
            log.FetchFailed(artefact.Name, error);
        }

        lock (sync)
        {
            var failures = reason.Length == 0 ? 0 : attempts.GetValueOrDefault(artefact.Sha256)?.Failures + 1 ?? 1;
            Remember(artefact.Sha256, new Attempt(IsRunning: false, reason, failures, time.GetUtcNow() + Pause(failures)));
        }
    }

    private TimeSpan Pause(int failures) => options.RetryPause * (1 << Math.Clamp(failures - 1, 0, MaxDoublings));

    private void Remember(string sha256, Attempt attempt)
    {
        attempts[sha256] = attempt;
        if (attempts.Count > MaxRemembered && attempts.FirstOrDefault(one => !one.Value.IsRunning && one.Key != sha256) is { Key: { } oldest })
        {
            attempts.Remove(oldest);
        }
    }

    private sealed record Attempt(bool IsRunning, string Reason, int Failures, DateTimeOffset RetryAt);
}
