using System.Security.Cryptography;
using System.Text;
using CwmpShield.Core.Identity.Revocation;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Listening;
using CwmpShield.Gateway.Telemetry;
using Microsoft.Extensions.Logging;

namespace CwmpShield.Gateway.Revocation;

/// <summary>
/// A file of revocation lists that is taken in again when it, or the bundle, changes. Size and time of the file are looked at
/// every time, and its content now and then: a large list costs little, and no change stays unseen for long.
/// </summary>
internal sealed class CrlFile(string path, ListenerOptions listener, RevocationState state, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan ContentInterval = TimeSpan.FromSeconds(20);
    private (long Length, DateTime Time) stamp;
    private long readAt;
    private byte[] seen = [];
    private ClientCaBundle? bundle;

    /// <summary>Looks at the file.</summary>
    public void Poll()
    {
        try
        {
            var file = new FileInfo(path);
            var now = (file.Exists ? file.Length : -1, file.LastWriteTimeUtc);
            var isSameBundle = ReferenceEquals(bundle, state.Bundle);
            if (isSameBundle && now == stamp && time.GetElapsedTime(readAt) < ContentInterval)
            {
                return;
            }

            (stamp, readAt) = (now, time.GetTimestamp());
            var missing = !file.Exists ? RevocationReason.CrlUnavailable
                : file.Length > listener.Revocation.MaxCrlBytes ? RevocationReason.CrlTooLarge
                : "";
            var content = missing.Length == 0 ? File.ReadAllBytes(path) : Encoding.ASCII.GetBytes(missing);
            var hash = SHA256.HashData(content);
            if (isSameBundle && hash.AsSpan().SequenceEqual(seen))
            {
                return;
            }

            (bundle, seen) = (state.Bundle, hash);
            Report(missing.Length == 0 ? state.Take(content) : state.Miss(missing));
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
        {
            Report(state.Miss(RevocationReason.CrlUnavailable));
        }
    }

    private void Report(string reason)
    {
        if (reason.Length > 0)
        {
            ShieldLog.CrlFailed(logger, listener.Name, path, reason);
        }
        else
        {
            ShieldLog.CrlLoaded(logger, listener.Name, path);
        }
    }
}
