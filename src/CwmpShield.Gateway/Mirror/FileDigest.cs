using System.Buffers;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace CwmpShield.Gateway.Mirror;

/// <summary>Reads files into a running SHA-256.</summary>
internal static class FileDigest
{
    private const int Chunk = 1 << 20;

    /// <summary>Adds the first <paramref name="length"/> bytes; false when the file is shorter.</summary>
    public static bool Append(IncrementalHash hash, SafeFileHandle handle, long length, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Chunk);
        try
        {
            for (var offset = 0L; offset < length;)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var read = RandomAccess.Read(handle, buffer.AsSpan(0, (int)Math.Min(Chunk, length - offset)), offset);
                if (read == 0)
                {
                    return false;
                }

                hash.AppendData(buffer.AsSpan(0, read));
                offset += read;
            }

            return true;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>SHA-256 of a whole file, lower-case hexadecimal.</summary>
    public static string Of(string path, CancellationToken cancellationToken)
    {
        using var handle = File.OpenHandle(path);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, handle, RandomAccess.GetLength(handle), cancellationToken);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
