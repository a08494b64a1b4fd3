using static CwmpShield.Core.Cwmp.Schema.SharedShapes;

namespace CwmpShield.Core.Cwmp.Schema;

/// <summary>The methods that a device calls, with their responses (TR-069 A.3.3, A.4.2). What real devices leave out is not required.</summary>
internal static class DeviceMethods
{
    private static readonly Shape DeviceIdentity = Shape.Structure(
        new Member("Manufacturer", Shape.Key),
        new Member("OUI", Shape.Key, Required: true),
        new Member("ProductClass", Shape.Key),
        new Member("SerialNumber", Shape.Key, Required: true));

    private static readonly Shape Events = Shape.List(
        "EventStruct",
        "cwmp:EventStruct",
        Shape.Structure(new Member("EventCode", Shape.Key, Required: true), CommandKey));

    private static readonly Member[] OperationResult =
    [
        new("UUID", Shape.Key),
        new("DeploymentUnitRef", Shape.Key),
        new("Version", Shape.Key),
        new("CurrentState", Shape.Key),
        new("Resolved", Shape.Boolean),
        new("ExecutionUnitRefList", Shape.Text),
        StartTime,
        CompleteTime,
        new("Fault", Shape.Structure(FaultCode, FaultString)),
    ];

    /// <summary>Each method with its arguments and the arguments of its response.</summary>
    public static IReadOnlyList<Method> All { get; } =
    [
        new(
            RpcKind.Inform,
            Shape.Structure(
                new Member("DeviceId", DeviceIdentity, Required: true),
                new Member("Event", Events, Required: true),
                new Member("MaxEnvelopes", Shape.Unsigned),
                new Member("CurrentTime", Shape.Key),
                new Member("RetryCount", Shape.Unsigned),
                ParameterValues),
            Shape.Structure(new Member("MaxEnvelopes", Shape.Unsigned))),
        new(RpcKind.TransferComplete, Shape.Structure(CommandKey, FaultStruct, StartTime, CompleteTime), Nothing),
        new(
            RpcKind.AutonomousTransferComplete,
            Shape.Structure(
                new Member("AnnounceURL", Shape.Key), new Member("TransferURL", Shape.Key), new Member("IsDownload", Shape.Boolean),
                new Member("FileType", Shape.Key), FileSize, TargetFileName, FaultStruct, StartTime, CompleteTime),
            Nothing),
        new(
            RpcKind.RequestDownload,
            Shape.Structure(
                FileType,
                new Member("FileTypeArg", Shape.List("ArgStruct", "cwmp:ArgStruct", Shape.Structure(new Member("Name", Shape.Key), new Member("Value", Shape.Text))))),
            Nothing),
        new(
            RpcKind.Kicked,
            Shape.Structure(
                new Member("Command", Shape.Key), new Member("Referer", Shape.Key), new Member("Arg", Shape.Key), new Member("Next", Shape.Key)),
            Shape.Structure(new Member("NextURL", Shape.Key))),
        new(
            RpcKind.DUStateChangeComplete,
            Shape.Structure(new Member("Results", Shape.Structure(OperationResult), Required: true, Repeats: true), CommandKey),
            Nothing),
        new(
            RpcKind.AutonomousDUStateChangeComplete,
            Shape.Structure(new Member(
                "Results",
                Shape.Structure([.. OperationResult, new Member("OperationPerformed", Shape.Key)]),
                Required: true,
                Repeats: true)),
            Nothing),
    ];
}
