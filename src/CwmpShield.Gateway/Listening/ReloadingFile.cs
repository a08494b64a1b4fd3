using System.Security.Cryptography;
using CwmpShield.Gateway.Telemetry;
using Microsoft.Extensions.Logging;

namespace CwmpShield.Gateway.Listening;

/// <summary>Something that is read from files and read again when their content changes.</summary>
internal abstract class ReloadingFile
{
    /// <summary>Looks at the files and takes them in when they have changed.</summary>
    public abstract void Poll();
}

/// <summary>
/// What was last read from files that may be replaced while the gateway runs. Content counts, not time stamps: a file that is
/// replaced by a link (as secret mounts do) or twice in a second is noticed. What cannot be read leaves the last good value.
/// </summary>
/// <typeparam name="T">What is read.</typeparam>
internal sealed class ReloadingFile<T> : ReloadingFile
    where T : class
{
    private readonly string what;
    private readonly string[] paths;
    private readonly Func<T> load;
    private readonly ShieldMetrics metrics;
    private readonly ILogger logger;
    private byte[] seen;
    private volatile T current;

    /// <summary>Reads the files for the first time; throws what <paramref name="load"/> throws.</summary>
    public ReloadingFile(string what, IEnumerable<string> paths, Func<T> load, ShieldMetrics metrics, ILogger logger)
    {
        (this.what, this.load, this.metrics, this.logger) = (what, load, metrics, logger);
        this.paths = [.. paths.Where(path => path.Length > 0)];
        seen = Fingerprint();
        current = load();
    }

    /// <summary>The last good value.</summary>
    public T Current => current;

    /// <inheritdoc/>
    public override void Poll()
    {
        try
        {
            var now = Fingerprint();
            if (now.AsSpan().SequenceEqual(seen))
            {
                return;
            }

            seen = now;
            current = load();
            metrics.Reloaded(what, succeeded: true);
            ShieldLog.FileReloaded(logger, what);
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException or CryptographicException)
        {
            metrics.Reloaded(what, succeeded: false);
            ShieldLog.FileReloadFailed(logger, what, broken.GetType().Name);
        }
    }

    private byte[] Fingerprint()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var path in paths)
        {
            // A file that is missing is a content too: its loss is reported once, not at every look.
            hash.AppendData(SHA256.HashData(File.Exists(path) ? File.ReadAllBytes(path) : []));
        }

        return hash.GetHashAndReset();
    }
}
