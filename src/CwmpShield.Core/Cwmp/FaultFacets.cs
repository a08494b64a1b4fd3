using CwmpShield.Core.Cwmp.Schema;
using CwmpShield.Core.Wire;

namespace CwmpShield.Core.Cwmp;

/// <summary>Reads the fault that a message carries.</summary>
internal static class FaultFacets
{
    /// <summary>
    /// The fault of a SOAP fault (code 0 when it has no detail of CWMP, as some devices send it) or of a transfer that failed; null
    /// when there is none. False when a code is no number.
    /// </summary>
    public static bool TryRead(RpcKind rpc, MessageRole role, SoapElement body, out CwmpFault? fault)
    {
        fault = null;
        if (role == MessageRole.Fault)
        {
            var detail = body.Child("detail")?.Child("Fault");
            if (detail is null)
            {
                fault = new CwmpFault(0, body.Child("faultstring")?.Text ?? "");
                return true;
            }

            return TryRead(detail, out fault);
        }

        var isTransfer = rpc is RpcKind.TransferComplete or RpcKind.AutonomousTransferComplete;
        if (!isTransfer || body.Child("FaultStruct") is not { } outcome)
        {
            return true;
        }

        var read = TryRead(outcome, out fault);
        fault = fault is { Code: 0 } ? null : fault;
        return read;
    }

    private static bool TryRead(SoapElement element, out CwmpFault? fault)
    {
        fault = null;
        var parameters = new List<ParameterFault>();
        for (var i = 0; i < element.Children.Count; i++)
        {
            var child = element.Children[i];
            if (child.LocalName != "SetParameterValuesFault")
            {
                continue;
            }

            if (!TryCode(child, out var parameterCode))
            {
                return false;
            }

            parameters.Add(new ParameterFault(child.Child("ParameterName")?.Text ?? "", parameterCode, Text(child)));
        }

        if (!TryCode(element, out var code))
        {
            return false;
        }

        fault = new CwmpFault(code, Text(element), parameters);
        return true;
    }

    private static bool TryCode(SoapElement element, out int code)
    {
        var known = ScalarText.TryNumber(element.Child("FaultCode")?.Text ?? "", out var number) && number is >= 0 and <= 99_999;
        code = known ? (int)number : 0;
        return known;
    }

    private static string Text(SoapElement element) => element.Child("FaultString")?.Text ?? "";
}
