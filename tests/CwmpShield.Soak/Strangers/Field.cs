using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using CwmpShield.Soak.Rig;

namespace CwmpShield.Soak.Strangers;

/// <summary>Where strangers do what they do: a gateway, and a count of what they have tried.</summary>
internal sealed class Field(RigFolder folder, GatewayProcess gateway)
{
    private long attempts;

    public RigFolder Folder => folder;

    /// <summary>After so many attempts the stranger stops, whatever time is left.</summary>
    public long AtMost { get; init; } = long.MaxValue;

    /// <summary>What was tried so far.</summary>
    public long Attempts => Interlocked.Read(ref attempts);

    public IPEndPoint Door(string name) => gateway.Door(name);

    /// <summary>One of the strangers' addresses; no honest device has one of them.</summary>
    public static IPAddress Address(long number) => new([127, 66, (byte)(number >> 8), (byte)number]);

    public void Count(long more = 1) => Interlocked.Add(ref attempts, more);

    /// <summary>Lets <paramref name="workers"/> do the same again and again; that the gateway hangs up is what they expect.</summary>
    /// <param name="workers">How many at one time.</param>
    /// <param name="once">What each does, by its number.</param>
    /// <param name="cancellation">Ends it.</param>
    public Task CrowdAsync(int workers, Func<int, CancellationToken, Task> once, CancellationToken cancellation) =>
        Task.WhenAll(Enumerable.Range(0, workers).Select(worker => Task.Run(() => GoOnAsync(worker, once, cancellation), CancellationToken.None)));

    private async Task GoOnAsync(int worker, Func<int, CancellationToken, Task> once, CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested && Attempts < AtMost)
        {
            Count();
            try
            {
                using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
                patience.CancelAfter(TimeSpan.FromSeconds(30));
                await once(worker, patience.Token);
            }
            catch (Exception turnedAway) when (turnedAway is IOException or SocketException or AuthenticationException or OperationCanceledException or ObjectDisposedException)
            {
                // Ports run out before the gateway does: give the system a moment.
                if (turnedAway is SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse or SocketError.AddressNotAvailable or SocketError.TooManyOpenSockets })
                {
                    await Task.Delay(50, CancellationToken.None);
                }
            }
        }
    }
}
