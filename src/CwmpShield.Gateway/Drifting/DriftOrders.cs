using CwmpShield.Core.Audit;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.DataModel;
using CwmpShield.Core.DataModel.Values;
using CwmpShield.Core.Decisions;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Inspection;
using CwmpShield.Gateway.Storage;

namespace CwmpShield.Gateway.Drifting;

/// <summary>Learns from orders that a device has carried out what it is to report from now on. Bounded for each device: the oldest orders are forgotten first.</summary>
internal sealed class DriftOrders(DriftWrites writes, AuditRedaction redaction, DriftSignals signals, DriftOptions options, TimeProvider time)
{
    private const int MaxName = 256;

    /// <summary>A device answers an order without a fault.</summary>
    public void Answered(DeviceSession session, DriftMemory memory, CwmpMessage order, CwmpMessage answer)
    {
        switch (order.Rpc)
        {
            case RpcKind.SetParameterValues:
                Expect(session, memory, answer.Name, Values(order, answer.Argument("Status")?.Trim() == "0" ? "" : session.Id));
                break;
            case RpcKind.AddObject when order.Parameters is [{ Name: var parent }] && Instance(answer) is { } instance:
                Expect(session, memory, answer.Name, [Object($"{parent}{instance}.", Expectation.Present)]);
                break;
            case RpcKind.DeleteObject when order.Parameters is [{ Name: var deleted }]:
                Deleted(session, memory, answer.Name, deleted);
                break;
            case RpcKind.FactoryReset:
                Forget(session, memory);
                break;
        }
    }

    /// <summary>The device has lost everything that was ordered; unless a reset was ordered, it is told.</summary>
    public void Reset(DeviceSession session, DriftMemory memory, string message)
    {
        if (memory.All.LastOrDefault() is { } last)
        {
            signals.Found(session, memory, message, new Expectation { Name = "", Form = "", OrderedAt = last.OrderedAt, Drift = DriftKind.Reset });
            Forget(session, memory);
        }
    }

    /// <summary>Expects these from now on.</summary>
    public void Expect(DeviceSession session, DriftMemory memory, string message, IReadOnlyList<Expectation> expected)
    {
        var put = expected.Where(one => one.Name.Length is > 0 and <= MaxName).TakeLast(options.MaxParameters).ToList();
        if (put.Count == 0)
        {
            return;
        }

        var names = put.Select(one => one.Name).ToHashSet(StringComparer.Ordinal);
        var kept = memory.All.Count(one => !names.Contains(one.Name));
        var forgotten = memory.All.Where(one => !names.Contains(one.Name)).Take(Math.Max(0, kept + names.Count - options.MaxParameters)).ToList();
        writes.Put(session, put, forgotten);
        foreach (var one in put)
        {
            EndOf(session, memory, message, one.Name);
            memory.Remove(one.Name);
            memory.Put(one);
        }

        forgotten.ForEach(one => memory.Remove(one.Name));
    }

    /// <summary>Expects nothing of a name any more: something else took its place.</summary>
    public void Forget(DeviceSession session, DriftMemory memory, string message, string name)
    {
        if (memory.Find(name) is not { } one)
        {
            return;
        }

        writes.Put(session, [], [one]);
        EndOf(session, memory, message, name);
        memory.Remove(name);
    }

    private void Deleted(DeviceSession session, DriftMemory memory, string message, string deleted)
    {
        var below = memory.All.Where(one => one.Name.StartsWith(deleted, StringComparison.Ordinal)).ToList();
        writes.Put(session, [], below);
        foreach (var one in below)
        {
            EndOf(session, memory, message, one.Name);
            memory.Remove(one.Name);
        }

        if (deleted.EndsWith('.'))
        {
            Expect(session, memory, message, [Object(deleted, Expectation.Absent)]);
        }
    }

    private void EndOf(DeviceSession session, DriftMemory memory, string message, string name)
    {
        memory.Told.Remove(name);
        if (memory.Find(name) is { Drift.Length: > 0 } was)
        {
            signals.Ended(session, memory, message, was, DriftAction.OrderedAgain);
        }
    }

    private void Forget(DeviceSession session, DriftMemory memory)
    {
        writes.Forget(session);
        memory.Clear();
    }

    private List<Expectation> Values(CwmpMessage order, string pending)
    {
        var now = time.GetUtcNow();
        var values = new List<Expectation>(order.Parameters.Count);
        foreach (var parameter in order.Parameters)
        {
            if (parameter is { Use: ParameterUse.Write, Value: { } value } && !SelfChanging.Is(parameter.Name, value))
            {
                var kept = redaction.Of(parameter.Name, value);
                var canonical = CanonicalValue.Of(value, parameter.Type);
                values.Add(new Expectation
                {
                    Name = parameter.Name,
                    Form = parameter.Type ?? "",
                    Same = kept.Mac is { } mac && string.Equals(canonical, value, StringComparison.Ordinal) ? mac : redaction.Mac(canonical),
                    Mac = kept.Mac ?? "",
                    Shown = ShownValue.IsSecret(parameter.Name) ? null : kept.Value,
                    Pending = pending,
                    OrderedAt = now,
                });
            }
        }

        return values;
    }

    private Expectation Object(string name, string form) => new() { Name = name, Form = form, OrderedAt = time.GetUtcNow() };

    /// <summary>The number that the device gave the instance, null where it gave none that can be one.</summary>
    private static string? Instance(CwmpMessage answer) =>
        answer.Argument("InstanceNumber")?.Trim() is { Length: > 0 and <= 10 } number && number.All(char.IsAsciiDigit) ? number : null;
}
