using CwmpShield.Core.Cwmp.Schema;
using CwmpShield.Core.Wire;

namespace CwmpShield.Core.Cwmp;

/// <summary>Reads out of a canonical body what rules and sessions ask about.</summary>
internal static class MessageFacets
{
    /// <summary>Names of one order up to which the set that they were looked for in is used again.</summary>
    private const int MaxKept = 256;

    [ThreadStatic]
    private static HashSet<string>? s_spare;

    /// <summary>Lays out a message; an error without a reason means that all is well.</summary>
    /// <param name="direction">Which way it travels.</param>
    /// <param name="entry">What its body entry is.</param>
    /// <param name="headers">Its headers, read.</param>
    /// <param name="envelope">The canonical envelope.</param>
    /// <param name="message">The message, null with an error.</param>
    public static WireError Fill(Direction direction, RpcEntry entry, in HeaderReader headers, SoapEnvelope envelope, out CwmpMessage? message)
    {
        message = null;
        var body = envelope.Body;
        var (rpc, role) = (entry.Rpc, entry.Role);
        var parameters = ParameterFacets.Read(rpc, role, body);
        if (rpc is RpcKind.SetParameterValues or RpcKind.SetParameterAttributes && NamesOneTwice(parameters))
        {
            return new WireError(WireReason.DuplicateParameter, "A parameter is named twice in one order.", body.Line, body.Column);
        }

        if (!FaultFacets.TryRead(rpc, role, body, out var fault))
        {
            return new WireError(WireReason.BadValue, "The code of a fault is no number.", body.Line, body.Column);
        }

        var device = rpc == RpcKind.Inform ? body.Child("DeviceId") : null;
        message = new CwmpMessage
        {
            Direction = direction,
            Rpc = rpc,
            Role = role,
            Name = body.LocalName,
            Id = headers.Id,
            HoldRequests = headers.HoldRequests,
            Envelope = envelope,
            Parameters = parameters,
            Transfers = TransferFacets.Read(rpc, role, body),
            CommandKey = body.Child("CommandKey")?.Text,
            ParameterKey = body.Child("ParameterKey")?.Text,
            Device = device is not null ? Identity(device) : null,
            Manufacturer = device?.Child("Manufacturer")?.Text ?? "",
            Events = rpc == RpcKind.Inform ? Events(body) : [],
            Fault = fault,
            NextLevel = body.Child("NextLevel") is { } next && ScalarText.TryBoolean(next.Text, out var value) ? value : null,
        };
        return default;
    }

    private static DeviceId Identity(SoapElement device) => new(
        device.Child("OUI")?.Text ?? "",
        device.Child("ProductClass")?.Text ?? "",
        device.Child("SerialNumber")?.Text ?? "");

    private static string[] Events(SoapElement body)
    {
        var list = body.Child("Event")?.Nodes ?? [];
        var events = new string[list.Length];
        var count = 0;
        foreach (var item in list)
        {
            if (item.Child("EventCode") is { } code)
            {
                events[count++] = code.Text;
            }
        }

        return count == events.Length ? events : events[..count];
    }

    // Some devices take the first of two, some the last, some ignore case: none of them may be given the choice.
    private static bool NamesOneTwice(IReadOnlyList<ParameterMention> parameters)
    {
        if (parameters.Count < 2)
        {
            return false;
        }

        var seen = s_spare ?? new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        s_spare = null;
        var repeats = false;
        for (var i = 0; i < parameters.Count && !repeats; i++)
        {
            repeats = !seen.Add(parameters[i].Name);
        }

        if (seen.Count <= MaxKept)
        {
            seen.Clear();
            s_spare = seen;
        }

        return repeats;
    }
}
