using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace CwmpShield.Gateway.Mirror;

/// <summary>
/// A file on its way: bytes go to the disk and into the hash at once. What an earlier fetch has left is hashed before it is
/// continued. Nobody but the fetch ever opens it.
/// </summary>
internal sealed class PartialFile : IDisposable
{
    private readonly SafeFileHandle handle;
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly WriteBytes write;

    private PartialFile(SafeFileHandle handle, WriteBytes write) => (this.handle, this.write) = (handle, write);

    /// <summary>Puts bytes at an offset of a file.</summary>
    internal delegate void WriteBytes(SafeFileHandle handle, ReadOnlySpan<byte> bytes, long offset);

    /// <summary>Bytes that it has.</summary>
    public long Length { get; private set; }

    /// <summary>Opens or makes the part, and hashes what is in it.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="size">Size of the whole; a part that is larger is begun anew.</param>
    /// <param name="keep">Whether what is there may be continued.</param>
    /// <param name="write">How bytes are written.</param>
    /// <param name="cancellationToken">Stops the hashing.</param>
    public static PartialFile Open(string path, long size, bool keep, WriteBytes write, CancellationToken cancellationToken)
    {
        if (!keep)
        {
            File.Delete(path);
        }

        // A new file is given its room at once: a full disk shows before the first byte is asked for.
        var isNew = !File.Exists(path);
        var opened = File.OpenHandle(
            path, isNew ? FileMode.CreateNew : FileMode.Open, FileAccess.ReadWrite, FileShare.None, preallocationSize: isNew ? size : 0);
        var part = new PartialFile(opened, write);
        try
        {
            var length = RandomAccess.GetLength(opened);
            if (length > size || !FileDigest.Append(part.hash, opened, length, cancellationToken))
            {
                part.Restart();
                length = 0;
            }

            part.Length = length;
            return part;
        }
        catch
        {
            part.Dispose();
            throw;
        }
    }

    /// <summary>Forgets everything: the origin begins at the first byte.</summary>
    public void Restart()
    {
        RandomAccess.SetLength(handle, 0);
        hash.GetHashAndReset();
        Length = 0;
    }

    /// <summary>Takes the next bytes.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        write(handle, bytes, Length);
        hash.AppendData(bytes);
        Length += bytes.Length;
    }

    /// <summary>SHA-256 of everything, lower-case hexadecimal; nothing can be added afterwards.</summary>
    public string Digest() => Convert.ToHexStringLower(hash.GetHashAndReset());

    /// <summary>Has the bytes brought to the disk itself.</summary>
    public void Flush() => RandomAccess.FlushToDisk(handle);

    /// <inheritdoc/>
    public void Dispose()
    {
        handle.Dispose();
        hash.Dispose();
    }
}
