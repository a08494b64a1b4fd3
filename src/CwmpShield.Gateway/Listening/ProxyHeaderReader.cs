using System.Buffers;
using System.IO.Pipelines;
using System.Net;

namespace CwmpShield.Gateway.Listening;

/// <summary>Takes the PROXY header off the start of a connection, and not a byte more.</summary>
internal static class ProxyHeaderReader
{
    /// <summary>
    /// The reason why there is none, or null and the source that it names; a proxy that speaks for itself is the source.
    /// </summary>
    public static async ValueTask<(string? Reason, IPEndPoint Source)> ReadAsync(
        PipeReader input, IPEndPoint peer, TimeSpan time, TimeProvider clock, CancellationToken closed)
    {
        using var late = new CancellationTokenSource(time, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, closed);
        try
        {
            while (true)
            {
                var read = await input.ReadAsync(either.Token);
                var status = Read(read.Buffer, out var length, out var source);
                if (status == ProxyHeaderStatus.Complete)
                {
                    input.AdvanceTo(read.Buffer.GetPosition(length));
                    return (null, source is null ? peer : Addresses.Unmap(source));
                }

                input.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                if (status == ProxyHeaderStatus.Malformed || read.IsCompleted)
                {
                    return (ListeningReason.ProxyMalformed, peer);
                }
            }
        }
        catch (OperationCanceledException)
        {
            return (late.IsCancellationRequested ? ListeningReason.ProxyLate : ListeningReason.ProxyMalformed, peer);
        }
        catch (IOException)
        {
            return (ListeningReason.ProxyMalformed, peer);
        }
    }

    private static ProxyHeaderStatus Read(ReadOnlySequence<byte> buffer, out int length, out IPEndPoint? source)
    {
        var start = buffer.Slice(0, Math.Min(buffer.Length, ProxyHeader.MaxLength));
        return ProxyHeader.Read(start.IsSingleSegment ? start.FirstSpan : start.ToArray(), out length, out source);
    }
}
