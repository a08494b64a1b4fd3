using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Listening;
using Microsoft.Extensions.Logging;

namespace CwmpShield.Gateway.Revocation;

/// <summary>Opens the certificate checks of the listeners, and keeps what they know of revocation fresh.</summary>
internal sealed class CertificateDoors(
    CertificateSightings sightings, RevocationMetrics metrics, RevocationHttp http, TimeProvider time, ILogger<CertificateDoors> logger)
{
    private readonly List<RevocationSources> sources = [];

    /// <summary>What is to be kept fresh; complete when the application has started.</summary>
    public IReadOnlyList<RevocationSources> Sources => sources;

    /// <summary>The checks of <paramref name="listener"/> against the authorities that <paramref name="bundle"/> gives. Files are read at once.</summary>
    public CertificateDoor Open(ListenerOptions listener, Func<ClientCaBundle> bundle)
    {
        var state = new RevocationState(listener, bundle, metrics, time);
        var source = new RevocationSources(listener, state, http, metrics, time, logger);
        source.PollFiles();
        sources.Add(source);
        return new CertificateDoor(listener, state, sightings, metrics, time);
    }
}
