using System.Security.Cryptography;

namespace CwmpShield.Gateway.DeviceImport;

/// <summary>Reads lines of a stream as bytes, each within a bound, and keeps the hash of what was read: an import is resumed by it.</summary>
/// <param name="stream">The stream, read from where it stands.</param>
internal sealed class ByteLines(Stream stream) : IDisposable
{
    /// <summary>Bytes of a line at most; what is over is skipped.</summary>
    public const int MaxLength = 64 * 1024;

    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private byte[] buffer = new byte[MaxLength * 4];
    private int start;
    private int end;
    private bool isOver;

    /// <summary>Number of the line that was read last, from 1.</summary>
    public long Number { get; private set; }

    /// <summary>Bytes up to the end of that line.</summary>
    public long Position { get; private set; }

    /// <summary>SHA-256 of those bytes, lower-case hex.</summary>
    public string Hash => Convert.ToHexStringLower(hash.GetCurrentHash());

    /// <summary>Reads up to a place that an earlier run has reached; false when the bytes are others than those of that run.</summary>
    public async Task<bool> SkipAsync(long bytes, long lines, string sha256, CancellationToken cancellationToken)
    {
        while (Position < bytes)
        {
            var read = await stream.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, bytes - Position)), cancellationToken);
            if (read == 0)
            {
                return false;
            }

            hash.AppendData(buffer, 0, read);
            Position += read;
        }

        Number = lines;
        return Hash == sha256;
    }

    /// <summary>The next line without its end, null after the last. <see cref="Oversized"/> tells that it was too long; then it is empty.</summary>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(CancellationToken cancellationToken)
    {
        Oversized = false;
        var searched = 0;
        while (true)
        {
            var found = buffer.AsSpan(start + searched, end - start - searched).IndexOf((byte)'\n');
            if (found >= 0)
            {
                return Take(searched + found, 1);
            }

            searched = end - start;
            if (isOver)
            {
                return searched > 0 ? Take(searched, 0) : Oversized ? Take(0, 0) : default(ReadOnlyMemory<byte>?);
            }

            if (searched > MaxLength)
            {
                Oversized = true;
                Drop(searched);
                searched = 0;
            }

            await FillAsync(cancellationToken);
        }
    }

    /// <summary>Whether the line that was read last was longer than <see cref="MaxLength"/>.</summary>
    public bool Oversized { get; private set; }

    /// <inheritdoc/>
    public void Dispose() => hash.Dispose();

    private ReadOnlyMemory<byte> Take(int length, int terminator)
    {
        var line = buffer.AsMemory(start, length);
        Drop(length + terminator);
        Number++;
        if (Oversized || length > MaxLength)
        {
            Oversized = true;
            return ReadOnlyMemory<byte>.Empty;
        }

        return line.Span is [.., (byte)'\r'] ? line[..^1] : line;
    }

    private void Drop(int length)
    {
        hash.AppendData(buffer, start, length);
        Position += length;
        start += length;
    }

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        if (start > 0)
        {
            // A new buffer would do, too; the line that was handed out is used up by now.
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            (start, end) = (0, end - start);
        }

        var read = await stream.ReadAsync(buffer.AsMemory(end), cancellationToken);
        isOver = read == 0;
        end += read;
    }
}
