using Microsoft.Win32.SafeHandles;

namespace CwmpShield.Gateway.Mirror;

/// <summary>One verified file of the mirror.</summary>
/// <param name="sha256">SHA-256 in lower-case hexadecimal; its name in the folder.</param>
/// <param name="size">Its size in bytes.</param>
/// <param name="path">Where it is.</param>
internal sealed class MirrorFile(string sha256, long size, string path)
{
    private readonly Lock sync = new();
    private DateTime writtenAt = File.GetLastWriteTimeUtc(path);

    /// <summary>SHA-256 in lower-case hexadecimal.</summary>
    public string Sha256 => sha256;

    /// <summary>Its size in bytes.</summary>
    public long Size => size;

    /// <summary>Where it is.</summary>
    public string Path => path;

    /// <summary>The entity tag: strong, and the same on every node.</summary>
    public string Tag => $"\"{sha256}\"";

    /// <summary>Sets the file's time, which is when it was last ordered.</summary>
    /// <exception cref="IOException">It is gone.</exception>
    public void Ordered(DateTimeOffset now)
    {
        lock (sync)
        {
            File.SetLastWriteTimeUtc(path, now.UtcDateTime);
            writtenAt = File.GetLastWriteTimeUtc(path);
        }
    }

    /// <summary>
    /// Opens it; it can be read to its end even if it is evicted meanwhile. Null when it is gone, or when somebody else has written to it
    /// since it was verified.
    /// </summary>
    public SafeFileHandle? TryOpen()
    {
        SafeFileHandle? handle = null;
        try
        {
            handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, FileOptions.Asynchronous);
            lock (sync)
            {
                if (RandomAccess.GetLength(handle) == size && File.GetLastWriteTimeUtc(handle) == writtenAt)
                {
                    return handle;
                }
            }
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
        {
            // Not there: it is fetched again.
        }

        handle?.Dispose();
        return null;
    }
}
