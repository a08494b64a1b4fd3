namespace CwmpShield.Gateway.Forwarding;

/// <summary>
/// Watches what goes out on one ACS connection, so that a message is never sent twice: once a byte of it may have left, no new
/// connection may be opened for it.
/// </summary>
internal sealed class WriteWatch
{
    private volatile bool hasWritten;

    /// <summary>Whether a byte of the current message may have left.</summary>
    public bool HasWritten => hasWritten;

    /// <summary>A new message begins.</summary>
    public void Begin() => hasWritten = false;

    /// <summary>The connection, watched.</summary>
    public Stream Over(Stream connection) => new Watched(connection, this);

    /// <summary>The plaintext side of a connection: TLS handshakes happen below it and do not count.</summary>
    private sealed class Watched(Stream inner, WriteWatch watch) : Stream
    {
        public override bool CanRead => inner.CanRead;

        public override bool CanSeek => false;

        public override bool CanWrite => inner.CanWrite;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Flush() => inner.Flush();

        public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

        public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            inner.ReadAsync(buffer, cancellationToken);

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count)
        {
            watch.hasWritten = true;
            inner.Write(buffer, offset, count);
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            watch.hasWritten = true;
            return inner.WriteAsync(buffer, cancellationToken);
        }

        public override async ValueTask DisposeAsync()
        {
            await inner.DisposeAsync();
            await base.DisposeAsync();
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                inner.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
