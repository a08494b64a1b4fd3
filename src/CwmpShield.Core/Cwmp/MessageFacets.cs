using CwmpShield.Core.Cwmp.Schema;
using CwmpShield.Core.Wire;

namespace CwmpShield.Core.Cwmp;

/// <summary>Reads out of a canonical body what rules and sessions ask about.</summary>
internal static class MessageFacets
{
    /// <summary>Fills the facets of <paramref name="bare"/>; an error without a reason means that all is well.</summary>
    public static WireError Fill(CwmpMessage bare, out CwmpMessage? message)
    {
        message = null;
        var body = bare.Envelope.Body;
        var parameters = ParameterFacets.Read(bare);
        if (bare.Rpc is RpcKind.SetParameterValues or RpcKind.SetParameterAttributes && NamesOneTwice(parameters))
        {
            return new WireError(WireReason.DuplicateParameter, "A parameter is named twice in one order.", body.Line, body.Column);
        }

        if (!FaultFacets.TryRead(bare, out var fault))
        {
            return new WireError(WireReason.BadValue, "The code of a fault is no number.", body.Line, body.Column);
        }

        var device = body.Child("DeviceId");
        message = bare with
        {
            Parameters = parameters,
            Transfers = TransferFacets.Read(bare),
            CommandKey = body.Child("CommandKey")?.Text,
            ParameterKey = body.Child("ParameterKey")?.Text,
            Device = bare.Rpc == RpcKind.Inform && device is not null ? Identity(device) : null,
            Manufacturer = bare.Rpc == RpcKind.Inform ? device?.Child("Manufacturer")?.Text ?? "" : "",
            Events = bare.Rpc == RpcKind.Inform ? Events(body) : [],
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
        var list = body.Child("Event")?.Children ?? [];
        var events = new List<string>(list.Count);
        for (var i = 0; i < list.Count; i++)
        {
            if (list[i].Child("EventCode") is { } code)
            {
                events.Add(code.Text);
            }
        }

        return [.. events];
    }

    // Some devices take the first of two, some the last, some ignore case: none of them may be given the choice.
    private static bool NamesOneTwice(IReadOnlyList<ParameterMention> parameters)
    {
        if (parameters.Count < 2)
        {
            return false;
        }

        var seen = new HashSet<string>(parameters.Count, StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < parameters.Count; i++)
        {
            if (!seen.Add(parameters[i].Name))
            {
                return true;
            }
        }

        return false;
    }
}
