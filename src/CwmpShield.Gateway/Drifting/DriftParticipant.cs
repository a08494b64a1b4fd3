using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Identity;
using CwmpShield.Gateway.Identity;
using CwmpShield.Gateway.Inspection;
using CwmpShield.Gateway.Storage;

namespace CwmpShield.Gateway.Drifting;

/// <summary>
/// Order and effect: remembers what devices were told and have said yes to, and holds it against what they report later. It refuses
/// nothing; what cannot be compared is counted, and the session goes on. Devices that have proven nothing are not listened to.
/// </summary>
internal sealed class DriftParticipant(DriftOrders orders, DriftWrites writes, DriftJudge judge, DriftSignals signals, Store store, TimeProvider time) : SessionParticipant
{
    private const int UnknownName = 9005;
    private static readonly TimeSpan SeenInterval = TimeSpan.FromHours(1);

    /// <inheritdoc/>
    public override async ValueTask<CwmpMessage> DeviceMessageAsync(DeviceSession session, CwmpMessage message, CwmpMessage? order)
    {
        if (session.Strength == IdentityStrength.None)
        {
            return message;
        }

        try
        {
            if (order is null && message.Rpc == RpcKind.Inform)
            {
                await InformedAsync(session, message);
            }
            else if (order is not null)
            {
                await AnsweredAsync(session, message, order);
            }
        }
        catch (RegistryUnavailableException error)
        {
            signals.Missed(session, error);
        }

        return message;
    }

    /// <inheritdoc/>
    public override ValueTask EndedAsync(DeviceSession session)
    {
        if (session.Notes.Find<DriftMemory>() is { } memory)
        {
            signals.Closed(session, memory);
        }

        return default;
    }

    /// <summary>A device runs another version than the update that it reported done, or that it ran already.</summary>
    public async ValueTask VersionAsync(DeviceSession session, string expected, DateTimeOffset orderedAt, string informed)
    {
        try
        {
            var memory = await MemoryAsync(session);
            var one = judge.OfVersion(expected, orderedAt);
            orders.Expect(session, memory, nameof(RpcKind.Inform), [one]);
            await ObserveAsync(session, memory, nameof(RpcKind.Inform), [(one, DriftKind.Version, informed)]);
        }
        catch (RegistryUnavailableException error)
        {
            signals.Missed(session, error);
        }
    }

    /// <summary>A device runs the version of its last update: an older one is expected no more.</summary>
    public void Updated(DeviceSession session)
    {
        if (session.Strength > IdentityStrength.None && session.Notes.Find<DriftMemory>()?.Find(Expectation.VersionName) is not null)
        {
            orders.Forget(session, session.Notes.Of<DriftMemory>(), nameof(RpcKind.Inform), Expectation.VersionName);
        }
    }

    private async ValueTask InformedAsync(DeviceSession session, CwmpMessage inform)
    {
        var memory = await MemoryAsync(session);
        if (memory.Count == 0)
        {
            return;
        }

        if (inform.Events.Any(code => code.StartsWith("0 ", StringComparison.Ordinal)))
        {
            orders.Reset(session, memory, inform.Name);
            return;
        }

        var isChange = inform.Events.Any(code => code.StartsWith("4 ", StringComparison.Ordinal));
        var found = Values(session, memory, inform, isChange);
        if (memory.Find(Expectation.VersionName) is { } version && InformedText.SoftwareVersion(inform) is { } informed && judge.IsVersion(version, informed))
        {
            found.Add((version, "", informed));
        }

        await ObserveAsync(session, memory, inform.Name, found);
    }

    private async ValueTask AnsweredAsync(DeviceSession session, CwmpMessage message, CwmpMessage order)
    {
        var isRead = order.Rpc == RpcKind.GetParameterValues;
        if (message.Role == MessageRole.Response && !isRead)
        {
            if (order.Rpc is RpcKind.SetParameterValues or RpcKind.AddObject or RpcKind.DeleteObject or RpcKind.FactoryReset)
            {
                orders.Answered(session, await MemoryAsync(session), order, message);
            }

            return;
        }

        if (!isRead || await MemoryAsync(session) is not { Count: > 0 } memory)
        {
            return;
        }

        if (message.Role == MessageRole.Response)
        {
            var found = Values(session, memory, message, isChange: false);
            found.AddRange(memory.HasObjects ? DriftJudge.Objects(order, message, memory).Select(one => (one.Expected, one.Kind, (string?)null)) : []);
            await ObserveAsync(session, memory, message.Name, found);
        }
        else if (message.Fault?.Code == UnknownName && memory.HasObjects)
        {
            await ObserveAsync(session, memory, message.Name, [.. DriftJudge.Missing(order, memory).Select(one => (one, DriftKind.ObjectGone, (string?)null))]);
        }
    }

    private List<(Expectation Expected, string Kind, string? Value)> Values(DeviceSession session, DriftMemory memory, CwmpMessage report, bool isChange)
    {
        var found = new List<(Expectation, string, string?)>();
        foreach (var reported in report.Parameters)
        {
            if (memory.Find(reported.Name) is { } expected && judge.Kind(expected, reported, report, memory, session.Id, isChange) is { } kind)
            {
                found.Add((expected, kind, reported.Value));
            }
        }

        return found;
    }

    /// <summary>Writes down what is new, tells it, and keeps it: of each name once in a session.</summary>
    private async ValueTask ObserveAsync(DeviceSession session, DriftMemory memory, string message, List<(Expectation Expected, string Kind, string? Value)> found)
    {
        var now = time.GetUtcNow();
        var changes = new List<(Expectation Was, Expectation Now)>();
        foreach (var (expected, kind, value) in found)
        {
            var observed = judge.Observed(expected, kind, value, now);
            if (IsNews(expected, observed, now) && memory.Told.Add(expected.Name))
            {
                changes.Add((expected, observed));
            }
        }

        if (changes.Count == 0)
        {
            return;
        }

        await store.WriteAsync(
            async commands =>
            {
                foreach (var (_, one) in changes)
                {
                    await ExpectationRows.ObserveAsync(commands, session.Device.Device, one);
                }

                return 0;
            },
            CancellationToken.None);
        foreach (var (was, one) in changes)
        {
            memory.Put(one);
            Tell(session, memory, message, was, one);
        }
    }

    private void Tell(DeviceSession session, DriftMemory memory, string message, Expectation was, Expectation now)
    {
        if (now.Drift.Length > 0 && (was.Drift.Length == 0 || !string.Equals(was.ObservedMac, now.ObservedMac, StringComparison.Ordinal)))
        {
            signals.Found(session, memory, message, now);
        }
        else if (now.Drift.Length == 0 && was.Drift.Length > 0)
        {
            signals.Ended(session, memory, message, was, DriftAction.Cleared);
        }
    }

    private static bool IsNews(Expectation was, Expectation now, DateTimeOffset at) =>
        (was.Drift.Length > 0) != (now.Drift.Length > 0)
        || !string.Equals(was.ObservedMac, now.ObservedMac, StringComparison.Ordinal)
        || (now.Drift.Length > 0 && at - was.Seen >= SeenInterval);

    private async ValueTask<DriftMemory> MemoryAsync(DeviceSession session)
    {
        var memory = session.Notes.Of<DriftMemory>();
        if (!memory.IsRead)
        {
            await writes.SettledAsync(session.Device.Device);
            foreach (var one in await store.ReadAsync(commands => ExpectationRows.OfDeviceAsync(commands, session.Device.Device), CancellationToken.None))
            {
                memory.Put(one);
            }

            memory.IsRead = true;
        }

        return memory;
    }
}
