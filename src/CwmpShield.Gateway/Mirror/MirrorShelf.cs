using System.Collections.Concurrent;
using CwmpShield.Gateway.Configuration;
using Microsoft.Win32.SafeHandles;

namespace CwmpShield.Gateway.Mirror;

/// <summary>
/// The mirror's folder: verified files under their SHA-256, parts of files that are being fetched, and one budget for both.
/// What is found there at the start counts as verified only once it has been read and hashed again. Safe for threads.
/// </summary>
internal sealed class MirrorShelf
{
    private const string PartSuffix = ".part";
    private const string NoteSuffix = ".note";
    private const int DigestLength = 64;

    private readonly MirrorOptions options;
    private readonly TimeProvider time;
    private readonly MirrorMetrics metrics;
    private readonly ConcurrentDictionary<string, MirrorFile> files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> reserved = new(StringComparer.Ordinal);
    private readonly Lock sync = new();

    /// <summary>Makes the folder where it is missing (readable by its owner alone).</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    public MirrorShelf(MirrorOptions options, TimeProvider time, MirrorMetrics metrics)
    {
        (this.options, this.time, this.metrics) = (options, time, metrics);
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(options.Path);
        }
        else
        {
            Directory.CreateDirectory(options.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        metrics.WatchShelf(Used, options.MaxBytes);
    }

    /// <summary>The verified file of this digest, null when there is none.</summary>
    public MirrorFile? Find(string sha256) => files.GetValueOrDefault(sha256);

    /// <summary>Where the file's bytes are written before they are verified.</summary>
    public string PartOf(string sha256) => Path.Combine(options.Path, sha256 + PartSuffix);

    /// <summary>Where it is noted what the part is a part of.</summary>
    public string NoteOf(string sha256) => Path.Combine(options.Path, sha256 + NoteSuffix);

    /// <summary>An order names the file: it is evicted after all that were ordered before. Kept over restarts, as the file's time.</summary>
    public void Ordered(MirrorFile file)
    {
        try
        {
            file.Ordered(time.GetUtcNow());
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
        {
            // It is gone; whoever wants to read it will see.
        }
    }

    /// <summary>Sets bytes aside for a fetch, evicting files where that makes room.</summary>
    /// <returns>False where there is no room even so.</returns>
    public bool TryReserve(string sha256, long size)
    {
        lock (sync)
        {
            var others = reserved.Where(one => one.Key != sha256).Sum(one => one.Value);
            var stored = Files().Where(file => !IsPartOf(file.Name, sha256) && !(IsPart(file.Name) && reserved.ContainsKey(DigestOf(file.Name)))).OrderBy(file => file.LastWriteTimeUtc).ToList();
            var used = stored.Sum(file => file.Length) + others;
            if (size > options.MaxBytes - others)
            {
                return false;
            }

            foreach (var file in stored)
            {
                if (used + size <= options.MaxBytes)
                {
                    break;
                }

                used -= file.Length;
                Evict(file);
            }

            reserved[sha256] = size;
            return true;
        }
    }

    /// <summary>The fetch is over: its bytes are a file now, or a part that may make room.</summary>
    public void Release(string sha256)
    {
        lock (sync)
        {
            reserved.Remove(sha256);
        }
    }

    /// <summary>
    /// The part is whole, verified and on the disk: from now on it is a file. After a power cut it may be a part again, or the file,
    /// and either is hashed again before it is used.
    /// </summary>
    public MirrorFile Place(string sha256, long size)
    {
        var path = Path.Combine(options.Path, sha256);
        File.Move(PartOf(sha256), path, overwrite: true);
        File.Delete(NoteOf(sha256));
        var file = new MirrorFile(sha256, size, path);
        Ordered(file);
        return files[sha256] = file;
    }

    /// <summary>Drops the part of a file that came to nothing.</summary>
    public void Discard(string sha256)
    {
        File.Delete(PartOf(sha256));
        File.Delete(NoteOf(sha256));
    }

    /// <summary>Opens the verified file of this digest; null when there is none, and none any more where it is gone or not what it was.</summary>
    public (MirrorFile File, SafeFileHandle Handle)? Open(string sha256)
    {
        if (Find(sha256) is not { } file)
        {
            return null;
        }

        if (file.TryOpen() is { } handle)
        {
            return (file, handle);
        }

        files.TryRemove(KeyValuePair.Create(sha256, file));
        return null;
    }

    /// <summary>Digests of the files that were found at the start, the last ordered first.</summary>
    public IReadOnlyList<string> Found() =>
        [.. Files().Where(file => IsDigest(file.Name)).OrderByDescending(file => file.LastWriteTimeUtc).Select(file => file.Name)];

    /// <summary>Takes a found file in again where it proves to be what its name says; else it is dropped, and null.</summary>
    public MirrorFile? Restore(string sha256, Func<MirrorFile, bool> proves)
    {
        var path = Path.Combine(options.Path, sha256);
        var file = new MirrorFile(sha256, new FileInfo(path).Length, path);
        if (!proves(file))
        {
            File.Delete(path);
            return null;
        }

        return files[sha256] = file;
    }

    private long Used()
    {
        try
        {
            return Files().Sum(file => file.Length);
        }
        catch (IOException)
        {
            // A file was evicted while they were counted; the next look counts again.
            return 0;
        }
    }

    private IEnumerable<FileInfo> Files() => new DirectoryInfo(options.Path).EnumerateFiles();

    private void Evict(FileInfo file)
    {
        files.TryRemove(file.Name, out _);
        file.Delete();
        metrics.Evicted();
    }

    private static bool IsPart(string name) => name.EndsWith(PartSuffix, StringComparison.Ordinal);

    private static bool IsPartOf(string name, string sha256) => IsPart(name) && name.StartsWith(sha256, StringComparison.Ordinal);

    private static string DigestOf(string name) => name[..Math.Min(name.Length, DigestLength)];

    private static bool IsDigest(string name) => name.Length == DigestLength && name.All(char.IsAsciiHexDigitLower);
}
