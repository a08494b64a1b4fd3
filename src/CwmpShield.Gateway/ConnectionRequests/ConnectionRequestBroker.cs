using System.Collections.Concurrent;
using CwmpShield.Core.ConnectionRequests;
using CwmpShield.Core.Udp;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.ConnectionRequests.Udp;
using CwmpShield.Gateway.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CwmpShield.Gateway.ConnectionRequests;

/// <summary>
/// Has devices called, one call of a device at a time and no more often than its limit and the fleet's budget allow. Whoever asks for
/// a device while it is called, or shortly after it took a call, shares that call's outcome.
/// </summary>
internal sealed class ConnectionRequestBroker(
    DeviceCaller caller,
    UdpCaller udp,
    AnswerWatch watch,
    ConnectionRequestLimits limits,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger<ConnectionRequestBroker> log)
{
    private const int MaxDevices = 262_144;

    private readonly ConcurrentDictionary<long, Place> inProgress = new();
    private readonly BoundedCache<long, CallOutcome> taken = new(MaxDevices, limits.CoalesceTime, time);
    private readonly TokenBuckets<long> perDevice = new(limits.PerDevicePerMinute / 60.0, Math.Max(1, limits.PerDevicePerMinute / 2.0), MaxDevices, time);
    private readonly TokenBuckets<bool> fleet = new(limits.FleetPerSecond, limits.FleetPerSecond, 2, time);
    private int calls;

    /// <summary>Has <paramref name="target"/> called.</summary>
    public async Task<CallOutcome> RequestAsync(CallTarget target)
    {
        var learned = target.Learned;
        if (!target.MayBeCalled)
        {
            return CallOutcome.Unavailable(ConnectionRequestReason.DeviceWithdrawn);
        }

        if (learned.Endpoint is null && !udp.MayCall(learned))
        {
            return CallOutcome.Unavailable(learned.Refusal);
        }

        if (taken.TryGet(learned.DeviceKey, out var before))
        {
            return before;
        }

        var place = new Place();
        var call = inProgress.GetOrAdd(learned.DeviceKey, place);
        if (call != place)
        {
            return await call.Outcome;
        }

        var outcome = CallOutcome.Bad(ConnectionRequestReason.DeviceAnswerBroken);
        try
        {
            // Whoever was called until just now has left its place behind what it left here.
            outcome = taken.TryGet(learned.DeviceKey, out before) ? before : await AdmittedAsync(target, learned.Endpoint);
        }
        finally
        {
            place.Leave(outcome, () => taken.Set(learned.DeviceKey, outcome));
            inProgress.TryRemove(learned.DeviceKey, out _);
        }

        return outcome;
    }

    /// <summary>Has <paramref name="target"/> called over UDP because an ACS has sent <paramref name="request"/>, which was verified; never waits.</summary>
    /// <returns><see cref="UdpReason.Sent"/>, or why not.</returns>
    public string Relay(CallTarget target, UdpConnectionRequest request)
    {
        if (!target.MayBeCalled)
        {
            return ConnectionRequestReason.DeviceWithdrawn;
        }

        if (!perDevice.TryTake(target.Learned.DeviceKey))
        {
            return ConnectionRequestReason.RateDevice;
        }

        if (!fleet.TryTake(true))
        {
            return ConnectionRequestReason.RateFleet;
        }

        var startedAt = time.GetTimestamp();
        watch.Calling(target, startedAt);
        var outcome = udp.Call(target, request);
        watch.Called(target, Of(outcome), startedAt);
        return outcome;
    }

    /// <summary>The device has informed: the next request is a call of its own.</summary>
    public void Informed(long deviceKey)
    {
        if (inProgress.TryGetValue(deviceKey, out var place))
        {
            place.Informed();
        }

        taken.Remove(deviceKey);
    }

    private async Task<CallOutcome> AdmittedAsync(CallTarget target, DeviceEndpoint? endpoint)
    {
        if (!perDevice.TryTake(target.Learned.DeviceKey))
        {
            return CallOutcome.Unavailable(ConnectionRequestReason.RateDevice);
        }

        if (!fleet.TryTake(true))
        {
            return CallOutcome.Unavailable(ConnectionRequestReason.RateFleet);
        }

        if (Interlocked.Increment(ref calls) > limits.MaxCalls)
        {
            Interlocked.Decrement(ref calls);
            return CallOutcome.Unavailable(ConnectionRequestReason.RateFleet);
        }

        try
        {
            return await CallAsync(target, endpoint);
        }
        finally
        {
            Interlocked.Decrement(ref calls);
        }
    }

    private async Task<CallOutcome> CallAsync(CallTarget target, DeviceEndpoint? endpoint)
    {
        var startedAt = time.GetTimestamp();
        watch.Calling(target, startedAt);
        CallOutcome outcome;
        try
        {
            // The device is called to the end even where its ACS hangs up: others may wait for the same call.
            outcome = endpoint is null
                ? Of(udp.Call(target))
                : await caller.CallAsync(endpoint, target.Credentials, lifetime.ApplicationStopping);
            if (outcome.Reason == ConnectionRequestReason.DeviceUnreachable && udp.MayCall(target.Learned))
            {
                // Behind a NAT many devices tell the address of the NAT, which lets in nothing but what it has seen leave.
                outcome = Of(udp.Call(target));
            }
        }
        catch (OperationCanceledException)
        {
            outcome = CallOutcome.Late(ConnectionRequestReason.DeviceTimeout);
        }

        watch.Called(target, outcome, startedAt);
        if (!outcome.Succeeded)
        {
            log.DeviceCalled(target.Learned.Device, outcome.Reason);
        }

        return outcome;
    }

    /// <summary>Nothing comes back over UDP: that the request has left is all that an ACS can be told.</summary>
    private static CallOutcome Of(string udpOutcome) => udpOutcome switch
    {
        UdpReason.Sent => new CallOutcome(204, ""),
        ConnectionRequestReason.CredentialsUnknown or UdpRequestReason.Unwritable => CallOutcome.Bad(udpOutcome),
        _ => CallOutcome.Unavailable(udpOutcome),
    };

    /// <summary>A call in progress, for those who join it.</summary>
    private sealed class Place
    {
        private readonly TaskCompletionSource<CallOutcome> outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly Lock gate = new();
        private bool hasInformed;

        public Task<CallOutcome> Outcome => outcome.Task;

        /// <summary>The device has come while it was called (many do, before they answer): what was called for is done.</summary>
        public void Informed()
        {
            lock (gate)
            {
                hasInformed = true;
            }
        }

        /// <summary>Ends the call; <paramref name="keep"/> keeps its outcome for those who ask shortly after it.</summary>
        public void Leave(CallOutcome result, Action keep)
        {
            lock (gate)
            {
                if (result.Succeeded && !hasInformed)
                {
                    keep();
                }
            }

            outcome.SetResult(result);
        }
    }
}
