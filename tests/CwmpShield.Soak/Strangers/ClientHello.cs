using System.Net.Security;

namespace CwmpShield.Soak.Strangers;

/// <summary>The first flight of a TLS client, to be sent by somebody who does not mean to go on.</summary>
internal static class ClientHello
{
    /// <summary>The bytes, as the platform's own client writes them.</summary>
    public static byte[] Record()
    {
        using var recorder = new Recorder();
        using var tls = new SslStream(recorder);
        try
        {
            tls.AuthenticateAsClient("acs.example");
        }
        catch (IOException)
        {
            // Nobody answers.
        }

        return recorder.ToArray();
    }

    private sealed class Recorder : MemoryStream
    {
        public override int Read(byte[] buffer, int offset, int count) => 0;

        public override int Read(Span<byte> buffer) => 0;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(0);

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => Task.FromResult(0);
    }
}
