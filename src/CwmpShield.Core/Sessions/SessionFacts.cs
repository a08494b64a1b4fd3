using System.Collections.Frozen;
using CwmpShield.Core.Cwmp;

namespace CwmpShield.Core.Sessions;

/// <summary>
/// What one session has taught so far, bounded: the Inform's events, orders counted by method, and the values of those parameters
/// that rules ask for as siblings, as they were read, or ordered and acknowledged. An order that is not answered yet makes what it
/// touches unknown again, so that nothing is judged by a value that may be gone.
/// </summary>
public sealed class SessionFacts
{
    private const int MaxValues = 256;
    private const int MaxValueLength = 512;
    private const int MaxCommandKeys = 64;

    // Each is made when there is something for it: most messages are judged before their session has taught anything.
    private Dictionary<string, string>? values;
    private Dictionary<RpcKind, int>? orders;
    private HashSet<string>? commandKeys;
    private HashSet<string>? readPaths;

    /// <summary>Last steps (lower case) of the parameters whose values are worth keeping; the inspector sets it from the rule set.</summary>
    public FrozenSet<string> Wanted { get; set; } = FrozenSet<string>.Empty;

    /// <summary>Event codes of the Inform that began the session.</summary>
    public IReadOnlyList<string> Events { get; private set; } = [];

    /// <summary>Whether the gateway had never seen this device before this session; the data path says so at binding.</summary>
    public bool DeviceIsNew { get; set; }

    /// <summary>The ACS's order goes to the device.</summary>
    public void Ordered(CwmpMessage order)
    {
        (orders ??= [])[order.Rpc] = OrdersOf(order.Rpc) + 1;
        if (order.CommandKey is { Length: > 0 } key)
        {
            KnowTransfer(key);
        }

        switch (order.Rpc)
        {
            case RpcKind.SetParameterValues when values is not null:
                foreach (var mention in order.Parameters)
                {
                    values.Remove(mention.Name);
                }

                break;
            case RpcKind.AddObject or RpcKind.DeleteObject or RpcKind.FactoryReset or RpcKind.Download or RpcKind.Vendor or RpcKind.Unknown:
                values?.Clear();
                break;
        }
    }

    /// <summary>The device answered <paramref name="order"/> with <paramref name="answer"/>.</summary>
    public void Answered(CwmpMessage order, CwmpMessage answer)
    {
        if (answer.Role != MessageRole.Response)
        {
            return;
        }

        if (order.Rpc == RpcKind.SetParameterValues)
        {
            Keep(order.Parameters);
        }
        else if (order.Rpc == RpcKind.GetParameterValues)
        {
            Keep(answer.Parameters);
            readPaths ??= new HashSet<string>(StringComparer.OrdinalIgnoreCase);
            foreach (var mention in order.Parameters)
            {
                if (readPaths.Count < MaxValues)
                {
                    readPaths.Add(mention.Name);
                }
            }
        }
    }

    /// <summary>The device's Inform begins the session.</summary>
    public void Informed(CwmpMessage inform)
    {
        Events = inform.Events;
        Keep(inform.Parameters);
    }

    /// <summary>A transfer that an earlier session ordered; the data path loads what the store knows.</summary>
    public void KnowTransfer(string commandKey)
    {
        commandKeys ??= new HashSet<string>(StringComparer.Ordinal);
        if (commandKeys.Count < MaxCommandKeys)
        {
            commandKeys.Add(commandKey);
        }
    }

    /// <summary>Whether an order with this CommandKey is known.</summary>
    public bool KnowsTransfer(string commandKey) => commandKeys is not null && commandKeys.Contains(commandKey);

    /// <summary>How many orders of this method went to the device in this session.</summary>
    public int OrdersOf(RpcKind rpc) => orders is not null && orders.TryGetValue(rpc, out var count) ? count : 0;

    /// <summary>The value that the parameter is known to have now; false when it is not known.</summary>
    public bool TryValue(string name, out string value)
    {
        var found = values?.GetValueOrDefault(name);
        value = found ?? "";
        return found is not null;
    }

    /// <summary>Whether the parameter, or an object above it, was read in this session.</summary>
    public bool WasRead(string name)
    {
        if (readPaths is null)
        {
            return false;
        }

        if (readPaths.Contains(name))
        {
            return true;
        }

        for (var dot = name.LastIndexOf('.'); dot > 0; dot = name.LastIndexOf('.', dot - 1))
        {
            if (readPaths.Contains(name[..(dot + 1)]))
            {
                return true;
            }
        }

        return false;
    }

    private void Keep(IReadOnlyList<ParameterMention> mentions)
    {
        for (var i = 0; i < mentions.Count; i++)
        {
            if (mentions[i] is { Name: var name, Value: { Length: <= MaxValueLength } value } && IsWanted(name))
            {
                values ??= new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
                if (values.Count < MaxValues || values.ContainsKey(name))
                {
                    values[name] = value;
                }
            }
        }
    }

    private bool IsWanted(string name)
    {
        var step = ParameterPath.LastStep(name);
        return Wanted.Count > 0 && step.Length <= 64 && Wanted.GetAlternateLookup<ReadOnlySpan<char>>().Contains(step);
    }
}
