using System.IO.Pipelines;
using Microsoft.Win32.SafeHandles;

namespace CwmpShield.Gateway.Mirror.Serving;

/// <summary>Sends bytes of a file: read straight into the connection's buffers, so that memory does not grow with the file.</summary>
internal static class FileSending
{
    // Large enough for whole TLS records, small enough to be pooled.
    private const int Chunk = 64 << 10;

    /// <summary>Sends; returns how many bytes went out, fewer than asked for where the file or the permission ended first.</summary>
    /// <param name="file">The file.</param>
    /// <param name="offset">The first byte.</param>
    /// <param name="length">How many.</param>
    /// <param name="output">Where to.</param>
    /// <param name="maySend">Whether it may go on; asked for every 64 KiB.</param>
    /// <param name="cancellationToken">The device has gone.</param>
    public static async Task<long> SendAsync(
        SafeFileHandle file, long offset, long length, PipeWriter output, Func<bool> maySend, CancellationToken cancellationToken)
    {
        var sent = 0L;
        while (sent < length && maySend())
        {
            var memory = output.GetMemory(Chunk);
            var read = await RandomAccess.ReadAsync(file, memory[..(int)Math.Min(Math.Min(Chunk, memory.Length), length - sent)], offset + sent, cancellationToken);
            if (read == 0)
            {
                break;
            }

            output.Advance(read);
            var flushed = await output.FlushAsync(cancellationToken);
            sent += read;
            if (flushed.IsCompleted || flushed.IsCanceled)
            {
                break;
            }
        }

        return sent;
    }
}
