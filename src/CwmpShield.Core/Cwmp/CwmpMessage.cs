using CwmpShield.Core.Wire;

namespace CwmpShield.Core.Cwmp;

/// <summary>One CWMP message, checked against the schema of its method and laid out for rules and sessions.</summary>
public sealed record CwmpMessage
{
    /// <summary>Which way it travels.</summary>
    public required Direction Direction { get; init; }

    /// <summary>The method; a response has the kind of the method that it answers.</summary>
    public required RpcKind Rpc { get; init; }

    /// <summary>Call, answer or fault.</summary>
    public required MessageRole Role { get; init; }

    /// <summary>Local name of the body entry as written (<c>InformResponse</c>, <c>X_00D09E_Ping</c>, <c>Fault</c>).</summary>
    public required string Name { get; init; }

    /// <summary>cwmp:ID of the header, null when absent.</summary>
    public string? Id { get; init; }

    /// <summary>HoldRequests of the header (ACS to device).</summary>
    public bool HoldRequests { get; init; }

    /// <summary>The envelope that the facets below were read from, and that the writer sends on.</summary>
    public required SoapEnvelope Envelope { get; init; }

    /// <summary>Every parameter and object that the message names, in order.</summary>
    public IReadOnlyList<ParameterMention> Parameters { get; init; } = [];

    /// <summary>Every file that it tells the device to fetch or send.</summary>
    public IReadOnlyList<TransferOrder> Transfers { get; init; } = [];

    /// <summary>CommandKey, null where the method has none.</summary>
    public string? CommandKey { get; init; }

    /// <summary>ParameterKey, null where the method has none.</summary>
    public string? ParameterKey { get; init; }

    /// <summary>Inform: DeviceId; else null.</summary>
    public DeviceId? Device { get; init; }

    /// <summary>Inform: Manufacturer; else empty.</summary>
    public string Manufacturer { get; init; } = "";

    /// <summary>Inform: EventCodes in order, e.g. <c>0 BOOTSTRAP</c>.</summary>
    public IReadOnlyList<string> Events { get; init; } = [];

    /// <summary>Detail of a <see cref="MessageRole.Fault"/> (code 0 when it has none of CWMP), or of a TransferComplete whose FaultCode is not 0; else null.</summary>
    public CwmpFault? Fault { get; init; }

    /// <summary>NextLevel of GetParameterNames; DelaySeconds, Status and other small arguments are read from the envelope.</summary>
    public bool? NextLevel { get; init; }

    /// <summary>Text of a direct argument of the body entry (<c>Status</c>, <c>DelaySeconds</c> …), null when it has none of this name.</summary>
    public string? Argument(string name) => Envelope.Body.Child(name)?.Text;

    /// <summary>Whether this is a call from the ACS: an order.</summary>
    public bool IsOrder => Direction == Direction.AcsToCpe && Role == MessageRole.Request;
}
