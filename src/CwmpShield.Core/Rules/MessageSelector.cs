using System.Collections.Frozen;
using System.Runtime.InteropServices;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Rules.Yaml;

namespace CwmpShield.Core.Rules;

/// <summary>One kind of message: direction, method, and place in its exchange.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct MessageKind(Direction Direction, RpcKind Rpc, MessageRole Role)
{
    /// <summary>The kind of a message; faults are of one kind for each direction.</summary>
    public static MessageKind Of(CwmpMessage message) =>
        message.Role == MessageRole.Fault
            ? new MessageKind(message.Direction, RpcKind.Fault, MessageRole.Fault)
            : new MessageKind(message.Direction, message.Rpc, message.Role);

    /// <summary>Whether such messages name parameters.</summary>
    public bool HasParameters => (Rpc, Role) switch
    {
        (RpcKind.SetParameterValues or RpcKind.SetParameterAttributes or RpcKind.AddObject or RpcKind.DeleteObject or RpcKind.Inform, MessageRole.Request) => true,
        (RpcKind.GetParameterValues or RpcKind.GetParameterNames or RpcKind.GetParameterAttributes, not MessageRole.Fault) => true,
        _ => false,
    };

    /// <summary>Whether such messages order transfers.</summary>
    public bool HasTransfers => Role == MessageRole.Request && Rpc is RpcKind.Download or RpcKind.ScheduleDownload or RpcKind.Upload or RpcKind.ChangeDUState;
}

/// <summary>Reads <c>on</c>: which messages a rule is about.</summary>
internal static class MessageSelector
{
    private const string ResponseSuffix = "Response";

    /// <summary>Every kind of message there is.</summary>
    public static IReadOnlyList<MessageKind> All { get; } = [.. AllKinds()];

    private static readonly FrozenDictionary<string, RpcKind> Names =
        Enum.GetValues<RpcKind>().Where(IsMethod).ToFrozenDictionary(k => k.ToString(), StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, Func<MessageKind, bool>> Groups = new Dictionary<string, Func<MessageKind, bool>>(StringComparer.Ordinal)
    {
        ["any"] = _ => true,
        ["orders"] = IsOrder,
        ["writes"] = k => IsOrder(k) && k.Rpc is RpcKind.SetParameterValues or RpcKind.SetParameterAttributes or RpcKind.AddObject or RpcKind.DeleteObject && k.Role == MessageRole.Request,
        ["reads"] = k => IsOrder(k) && k.Rpc is RpcKind.GetParameterValues or RpcKind.GetParameterNames or RpcKind.GetParameterAttributes && k.Role == MessageRole.Request,
        ["transfers"] = k => k.HasTransfers,
        ["reports"] = k => k is { Rpc: RpcKind.Inform, Role: MessageRole.Request } or { Rpc: RpcKind.GetParameterValues, Role: MessageRole.Response },
        ["device-calls"] = k => k is { Direction: Direction.CpeToAcs, Role: MessageRole.Request },
        ["answers"] = k => k.Direction == Direction.CpeToAcs && k.Role != MessageRole.Request,
        ["vendor"] = k => k is { Rpc: RpcKind.Vendor, Role: MessageRole.Request },
        ["unknown"] = k => k is { Rpc: RpcKind.Unknown, Role: MessageRole.Request },
        ["Fault"] = k => k.Role == MessageRole.Fault,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Every word that <c>on</c> takes.</summary>
    public static IEnumerable<string> AllWords => Groups.Keys.Concat(Names.Keys).Concat(Names.Keys.Select(n => n + ResponseSuffix)).Order(StringComparer.Ordinal);

    /// <summary>The kinds that the words name; problems for words that name none.</summary>
    public static IReadOnlyList<MessageKind> Read(IReadOnlyList<YamlText> words, DiagnosticBag bag)
    {
        HashSet<MessageKind> kinds = [];
        foreach (var word in words)
        {
            if (Find(word.Value) is { } belongs)
            {
                kinds.UnionWith(All.Where(belongs));
            }
            else
            {
                bag.Add(word, DiagnosticCode.UnknownRpc, $"\"{word.Value}\" is no method of TR-069 and no word for \"on\"", Words.DidYouMean(word.Value, AllWords));
            }
        }

        return [.. kinds];
    }

    /// <summary>The method that an order's name stands for, or null with a problem.</summary>
    public static RpcKind? ReadOrder(YamlText name, DiagnosticBag bag)
    {
        if (Names.TryGetValue(name.Value, out var rpc))
        {
            return rpc;
        }

        bag.Add(name, DiagnosticCode.UnknownRpc, $"\"{name.Value}\" is no method of TR-069", Words.DidYouMean(name.Value, Names.Keys));
        return null;
    }

    private static Func<MessageKind, bool>? Find(string word)
    {
        if (Groups.TryGetValue(word, out var group))
        {
            return group;
        }

        if (Names.TryGetValue(word, out var rpc))
        {
            return k => k.Rpc == rpc && k.Role == MessageRole.Request;
        }

        return word.EndsWith(ResponseSuffix, StringComparison.Ordinal) && Names.TryGetValue(word[..^ResponseSuffix.Length], out var answered)
            ? k => k.Rpc == answered && k.Role == MessageRole.Response
            : null;
    }

    private static bool IsOrder(MessageKind kind) => kind is { Direction: Direction.AcsToCpe, Role: MessageRole.Request };

    private static bool IsMethod(RpcKind rpc) => rpc is not (RpcKind.Unknown or RpcKind.Vendor or RpcKind.Fault);

    private static IEnumerable<MessageKind> AllKinds()
    {
        foreach (var direction in Enum.GetValues<Direction>())
        {
            yield return new MessageKind(direction, RpcKind.Fault, MessageRole.Fault);
            foreach (var rpc in Enum.GetValues<RpcKind>().Where(r => r != RpcKind.Fault))
            {
                var caller = RpcCatalogue.Caller(rpc);
                if (caller is null || caller == direction)
                {
                    yield return new MessageKind(direction, rpc, MessageRole.Request);
                }

                if (caller is null || caller != direction)
                {
                    yield return new MessageKind(direction, rpc, MessageRole.Response);
                }
            }
        }
    }
}
