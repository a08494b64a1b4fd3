using CwmpShield.Core.ConnectionRequests;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.ConnectionRequests.Udp;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.Storage.Secrets;

namespace CwmpShield.Gateway.ConnectionRequests;

/// <summary>
/// What an operator does with endpoints and connection requests beside a running gateway. Every member throws
/// <see cref="RegistryUnavailableException"/> when the store cannot be asked or written.
/// </summary>
public sealed class EndpointAdministration
{
    private readonly EndpointStore endpoints;
    private readonly ConnectionRequestOptions options;
    private readonly TimeProvider time;

    /// <summary>Works on an open store.</summary>
    /// <param name="store">The store.</param>
    /// <param name="gateway">The checked configuration.</param>
    /// <param name="time">Clock.</param>
    /// <exception cref="StoreException">The master keys cannot be read.</exception>
    /// <exception cref="System.Security.Cryptography.CryptographicException">The bundle of device authorities holds none.</exception>
    public EndpointAdministration(Store store, GatewayOptions gateway, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(gateway);
        options = gateway.ConnectionRequests;
        this.time = time;
        endpoints = new EndpointStore(store, new SecretSeal(KeyRing.Read(KeySource.Of(gateway.Store))), time);
    }

    /// <summary>A page of devices in the order of their keys.</summary>
    /// <param name="afterKey">Key of the last row of the page before, 0 for the first page.</param>
    /// <param name="limit">Rows at most, 1–1,000.</param>
    /// <param name="filter">Which.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public ValueTask<IReadOnlyList<EndpointReport>> ListAsync(long afterKey, int limit, EndpointFilter filter, CancellationToken cancellationToken) =>
        endpoints.ListAsync(afterKey, limit, filter, cancellationToken);

    /// <summary>What <paramref name="store"/> knows of how one device is called; null when there is no such device. No secret is opened.</summary>
    public static ValueTask<EndpointReport?> ReportAsync(Store store, long deviceKey, CancellationToken cancellationToken) =>
        EndpointStore.ReportAsync(store, deviceKey, cancellationToken);

    /// <summary>Makes every broker URL of the device that an ACS may hold nobody's; the new generation.</summary>
    public ValueTask<int> RevokeAsync(long deviceKey, CancellationToken cancellationToken) => endpoints.RevokeAsync(deviceKey, cancellationToken);

    /// <summary>
    /// Calls a device under the checks of the configuration, without its limits. The status that an ACS would have got, and the reason
    /// where it is not 200 or 204; status 0 when there is no such device. Where only UDP reaches it, a running gateway on this machine is
    /// asked to.
    /// </summary>
    public async Task<(int Status, string Reason)> SendAsync(long deviceKey, CancellationToken cancellationToken)
    {
        if (await endpoints.FindAsync(deviceKey) is not { } target)
        {
            return (0, "");
        }

        var outcome = await CallAsync(target, cancellationToken);
        if (outcome.Reason != ConnectionRequestReason.DeviceWithdrawn
            && (target.Learned.Endpoint is null || outcome.Reason == ConnectionRequestReason.DeviceUnreachable)
            && UdpHandover.MayCall(options.Udp, target.Learned))
        {
            // The running gateway makes this call, and records it.
            outcome = UdpHandover.Call(options.Udp, target, time.GetUtcNow());
            return (outcome.Status, outcome.Reason);
        }

        await endpoints.RecordAsync(
            [new CallRecord(deviceKey, time.GetUtcNow(), outcome.Succeeded ? CallRecord.Taken : outcome.Reason)], [], cancellationToken);
        return (outcome.Status, outcome.Reason);
    }

    private async Task<CallOutcome> CallAsync(CallTarget target, CancellationToken cancellationToken)
    {
        if (!target.MayBeCalled)
        {
            return CallOutcome.Unavailable(ConnectionRequestReason.DeviceWithdrawn);
        }

        var caller = new DeviceCaller(options.Calls, EndpointPolicies.Of(options.Endpoints), DeviceTrust.Load(options.Calls.DeviceCaPath));
        return target.Learned.Endpoint is { } endpoint
            ? await caller.CallAsync(endpoint, target.Credentials, cancellationToken)
            : CallOutcome.Unavailable(target.Learned.Refusal);
    }
}
