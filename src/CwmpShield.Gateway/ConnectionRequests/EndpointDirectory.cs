using CwmpShield.Core.ConnectionRequests;
using CwmpShield.Gateway.Storage;

namespace CwmpShield.Gateway.ConnectionRequests;

/// <summary>
/// Keeps what the store says of devices' endpoints for a short time, so that an Inform which tells nothing new costs no write and a
/// busy ACS asks the store once. What another node or an operator changes shows when the life has passed.
/// </summary>
internal sealed class EndpointDirectory
{
    /// <summary>Devices kept at most.</summary>
    private const int Capacity = 32_768;

    private static readonly TimeSpan Life = TimeSpan.FromSeconds(30);
    private readonly EndpointStore store;
    private readonly BrokerToken tokens;
    private readonly TimeProvider time;
    private BoundedCache<long, CallTarget> kept;

    /// <summary>Puts a cache before the store, and hears what others change there.</summary>
    public EndpointDirectory(EndpointStore store, BrokerToken tokens, TimeProvider time)
    {
        (this.store, this.tokens, this.time) = (store, tokens, time);
        kept = new BoundedCache<long, CallTarget>(Capacity, Life, time);
        store.Subscribe(Forget);
    }

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
        superseded.ToList().ForEach(kept.Remove);
        kept.Remove(sighting.DeviceKey);
        if (learned is not null)
        {
            kept.Set(sighting.DeviceKey, learned);
        }

        return learned;
    }

    private void Forget(long? deviceKey)
    {
        if (deviceKey is { } one)
        {
            kept.Remove(one);
        }
        else
        {
            Volatile.Write(ref kept, new BoundedCache<long, CallTarget>(Capacity, Life, time));
        }
    }

    private static bool TellsNews(LearnedEndpoint known, EndpointSighting sighting) =>
        (sighting.Url is { } url && !(known.Endpoint == url.Endpoint && known.Refusal == url.Refusal))
        || (sighting.Udp is { } udp && !(known.Udp == udp.Endpoint && known.UdpRefusal == udp.Refusal));
}
