using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using CwmpShield.Core.ConnectionRequests;
using CwmpShield.Core.ConnectionRequests.Exposure;
using CwmpShield.Gateway.Configuration;

namespace CwmpShield.Gateway.ConnectionRequests.Exposure;

/// <summary>Puts one question to one device: a GET without credentials on a connection of its own, and as much of the answer as is bounded.</summary>
/// <param name="options">Time to connect, and for the whole question.</param>
internal sealed class DeviceProbe(DeviceCallOptions options)
{
    /// <summary>Asks for <paramref name="target"/> at <paramref name="endpoint"/>, whose address was checked.</summary>
    /// <returns>The answer; null with an outcome where there is none.</returns>
    public async Task<(ProbeAnswer? Answer, ExposureOutcome Outcome)> AskAsync(DeviceEndpoint endpoint, string target, CancellationToken cancellationToken)
    {
        var place = new IPEndPoint(endpoint.Host.Address!.Value.ToAddress(), endpoint.Host.Port);
        using var socket = new Socket(place.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        if (!await ConnectAsync(socket, place, cancellationToken))
        {
            return (null, ExposureOutcome.Unreachable);
        }

        var buffer = new byte[ProbeAnswerReader.MaxBytes];
        var filled = 0;
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        time.CancelAfter(options.TotalTime);
        try
        {
            await using var stream = await OpenAsync(socket, endpoint.IsTls, time.Token);
            await stream.WriteAsync(ExposureQuestion.Request(endpoint, target), time.Token);
            int read;
            do
            {
                read = await stream.ReadAsync(buffer.AsMemory(filled), time.Token);
                filled += read;
            }
            while (read > 0 && !ProbeAnswerReader.IsWhole(buffer.AsSpan(0, filled)));
        }
        catch (Exception broken) when (broken is SocketException or IOException or AuthenticationException)
        {
            // What came before counts: devices reset connections behind their answer.
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Neither trickling nor silence takes longer than this.
        }

        var answer = ProbeAnswerReader.Read(buffer.AsSpan(0, filled));
        return (answer, answer is null ? ExposureOutcome.Silent : ExposureOutcome.Answered);
    }

    private async Task<bool> ConnectAsync(Socket socket, IPEndPoint place, CancellationToken cancellationToken)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        time.CancelAfter(options.ConnectTime);
        try
        {
            await socket.ConnectAsync(place, time.Token);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    [SuppressMessage("Security", "CA5359:Do Not Disable Certificate Validation", Justification = "No secret goes out, and nothing is believed that comes back.")]
    private static async Task<Stream> OpenAsync(Socket socket, bool isTls, CancellationToken cancellationToken)
    {
        var stream = new NetworkStream(socket, ownsSocket: false);
        if (!isTls)
        {
            return stream;
        }

        var secure = new SslStream(stream, leaveInnerStreamOpen: false, static (_, _, _, _) => true);
        try
        {
            await secure.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "" }, cancellationToken);
            return secure;
        }
        catch
        {
            await secure.DisposeAsync();
            throw;
        }
    }
}
