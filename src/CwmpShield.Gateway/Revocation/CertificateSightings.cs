using System.Threading.Channels;
using CwmpShield.Gateway.Storage;

namespace CwmpShield.Gateway.Revocation;

/// <summary>
/// Passes on which certificates were shown, each at most once an hour, to whoever keeps the inventory. Nobody waits for it:
/// what finds no room is seen again at the device's next visit.
/// </summary>
internal sealed class CertificateSightings(TimeProvider time)
{
    private const int MaxWaiting = 4096;
    private const int MaxRecent = 65_536;
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);
    private readonly BoundedCache<string, bool> recent = new(MaxRecent, Interval, time);
    private readonly Channel<CertificateSighting> waiting = Channel.CreateBounded<CertificateSighting>(MaxWaiting);

    /// <summary>What waits to be recorded.</summary>
    public ChannelReader<CertificateSighting> Waiting => waiting.Reader;

    /// <summary>Notes that <paramref name="certificate"/> was shown on <paramref name="listener"/>.</summary>
    public void Saw(DeviceCertificate certificate, string listener)
    {
        if (!recent.TryGet(certificate.Fingerprint, out _) && waiting.Writer.TryWrite(new(certificate, listener, time.GetUtcNow())))
        {
            recent.Set(certificate.Fingerprint, true);
        }
    }
}

/// <summary>A certificate that a device has shown.</summary>
/// <param name="Certificate">The certificate.</param>
/// <param name="Listener">Where.</param>
/// <param name="At">When.</param>
internal sealed record CertificateSighting(DeviceCertificate Certificate, string Listener, DateTimeOffset At);
