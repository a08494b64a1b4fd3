using System.Buffers;
using System.Globalization;
using CwmpShield.Core.Wire;
using static CwmpShield.Core.Cwmp.GatewayEnvelope;

namespace CwmpShield.Core.Cwmp;

/// <summary>Writes a CWMP fault (TR-069 3.5) in the name of one side.</summary>
public static class CwmpFaultWriter
{
    /// <summary>Writes a SOAP fault message.</summary>
    /// <param name="from">The side in whose name the fault is given.</param>
    /// <param name="id">cwmp:ID of the message that is answered, null when it had none.</param>
    /// <param name="cwmpNamespace">Namespace of the peer's messages; empty means cwmp-1-0.</param>
    /// <param name="fault">Code, text and entries for parameters.</param>
    /// <param name="output">Where the bytes go.</param>
    public static void Write(Direction from, string? id, string cwmpNamespace, CwmpFault fault, IBufferWriter<byte> output)
    {
        var cwmp = Namespace(cwmpNamespace);
        var children = new List<SoapElement> { Value("FaultCode", Text(fault.Code)), Value("FaultString", fault.Text) };
        foreach (var parameter in fault.Parameters)
        {
            children.Add(Structure(
                "SetParameterValuesFault",
                Value("ParameterName", parameter.ParameterName),
                Value("FaultCode", Text(parameter.Code)),
                Value("FaultString", parameter.Text)));
        }

        var detail = new SoapElement { LocalName = "Fault", Namespace = cwmp, Children = children };
        var body = new SoapElement
        {
            LocalName = "Fault",
            Namespace = SoapNames.Envelope,
            Children =
            [
                Value("faultcode", IsCallerAtFault(from, fault.Code) ? "Client" : "Server"),
                Value("faultstring", "CWMP fault"),
                Structure("detail", detail),
            ],
        };
        GatewayEnvelope.Write(id, cwmp, body, output);
    }

    // TR-069 A.5: the arguments were wrong; every other code says that the answering side would or could not.
    private static bool IsCallerAtFault(Direction from, int code) =>
        from == Direction.AcsToCpe ? code is 8003 : code is 9003 or (>= 9005 and <= 9008);

    private static string Text(int code) => code.ToString(CultureInfo.InvariantCulture);
}
