using Microsoft.Win32.SafeHandles;

namespace CwmpShield.Gateway.Mirror;

/// <summary>One verified file of the mirror.</summary>
/// <param name="Sha256">SHA-256 in lower-case hexadecimal; its name in the folder.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="Path">Where it is.</param>
internal sealed record MirrorFile(string Sha256, long Size, string Path)
{
    /// <summary>The entity tag: strong, and the same on every node.</summary>
    public string Tag => $"\"{Sha256}\"";

    /// <summary>Opens it; it can be read to its end even if it is evicted meanwhile. Null when it is gone, or isn't what was verified.</summary>
    public SafeFileHandle? TryOpen()
    {
        SafeFileHandle? handle = null;
        try
        {
            handle = File.OpenHandle(Path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, FileOptions.Asynchronous);
            if (RandomAccess.GetLength(handle) == Size)
            {
                return handle;
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
