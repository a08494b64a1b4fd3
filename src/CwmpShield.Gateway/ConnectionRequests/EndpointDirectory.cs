using CwmpShield.Core.ConnectionRequests;
using CwmpShield.Gateway.Storage;

namespace CwmpShield.Gateway.ConnectionRequests;

/// <summary>
/// Keeps what the store says of devices' endpoints for a short time, so that an Inform which tells nothing new costs no write and a
/// busy ACS asks the store once. What another node or an operator changes shows when the life has passed.
/// </summary>
internal sealed class EndpointDirectory(EndpointStore store, BrokerToken tokens, TimeProvider time)
{
    /// <summary>Devices kept at most.</summary>
    private const int Capacity = 32_768;

    private static readonly TimeSpan Life = TimeSpan.FromSeconds(30);
    private readonly BoundedCache<long, CallTarget> kept = new(Capacity, Life, time);

    /// <summary>The device of this registry key; null when there is none.</summary>
    public async ValueTask<CallTarget?> FindAsync(long deviceKey)
    {
        if (kept.TryGet(deviceKey, out var known))
        {
            return known;
        }

        var found = await store.FindAsync(deviceKey);
        if (found is not null)
        {
            kept.Set(deviceKey, found);
        }

        return found;
    }

    /// <summary>The device that a token names; null when it is none of this store's, revoked, or its device is gone.</summary>
    public async ValueTask<CallTarget?> FindAsync(ReadOnlyMemory<char> token) =>
        tokens.TryRead(token.Span, out var deviceKey, out var generation)
        && await FindAsync(deviceKey) is { } found && found.Learned.Generation == generation
            ? found
            : null;

    /// <summary>The device that was learned at exactly this URL; null when there is none.</summary>
    public ValueTask<CallTarget?> FindAsync(DeviceEndpoint endpoint) => store.FindAsync(endpoint);

    /// <summary>The token that names a device to ACSs now.</summary>
    public string TokenOf(LearnedEndpoint learned) => tokens.Create(learned.DeviceKey, learned.Generation);

    /// <summary>Takes in what a device told; null when the device is gone.</summary>
    public async ValueTask<CallTarget?> LearnAsync(EndpointSighting sighting, CancellationToken cancellationToken)
    {
        if (await FindAsync(sighting.DeviceKey) is { } known && !TellsNews(known.Learned, sighting))
        {
            return known;
        }

        var (learned, superseded) = await store.LearnAsync(sighting, cancellationToken);
        foreach (var other in superseded)
        {
            kept.Remove(other);
        }

        kept.Remove(sighting.DeviceKey);
        if (learned is not null)
        {
            kept.Set(sighting.DeviceKey, learned);
        }

        return learned;
    }

    private static bool TellsNews(LearnedEndpoint known, EndpointSighting sighting) =>
        (sighting.Url is { } url && !(known.Endpoint == url.Endpoint && known.Refusal == url.Refusal))
        || (sighting.Udp is { } udp && !(known.Udp == udp.Endpoint && known.UdpRefusal == udp.Refusal));
}
