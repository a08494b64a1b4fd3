using static CwmpShield.Core.Cwmp.Schema.SharedShapes;

namespace CwmpShield.Core.Cwmp.Schema;

/// <summary>The methods that an ACS calls, with their responses (TR-069 A.3.1, A.3.2, A.4.1). What real ACSs leave out is not required.</summary>
internal static class AcsMethods
{
    private static readonly Shape Transferred = Shape.Structure(Status, StartTime, CompleteTime);

    private static readonly Member Uuid = new("UUID", Shape.Key);

    private static readonly Member Version = new("Version", Shape.Key);

    private static readonly Member ExecutionEnvRef = new("ExecutionEnvRef", Shape.Key);

    private static readonly Shape Operation = Shape.Operation(new Dictionary<string, Shape>(StringComparer.Ordinal)
    {
        ["InstallOpStruct"] = Shape.Structure(Url, Uuid, Username, Password, ExecutionEnvRef),
        ["UpdateOpStruct"] = Shape.Structure(Uuid, Version, new Member("URL", Shape.Key), Username, Password),
        ["UninstallOpStruct"] = Shape.Structure(Uuid with { Required = true }, Version, ExecutionEnvRef),
    });

    private static readonly Shape TimeWindow = Shape.Structure(
        new Member("WindowStart", Shape.Unsigned, Required: true),
        new Member("WindowEnd", Shape.Unsigned, Required: true),
        new Member("WindowMode", Shape.Key),
        new Member("UserMessage", Shape.Key),
        new Member("MaxRetries", Shape.Integer));

    private static readonly Shape AttributeChange = Shape.Structure(
        Name,
        new Member("NotificationChange", Shape.Boolean),
        new Member("Notification", Shape.Integer),
        new Member("AccessListChange", Shape.Boolean),
        new Member("AccessList", AccessList));

    /// <summary>Each method with its arguments and the arguments of its response.</summary>
    public static IReadOnlyList<Method> All { get; } =
    [
        new(RpcKind.GetRPCMethods, Nothing, Shape.Structure(new Member("MethodList", Shape.List("string", "xsd:string", Shape.Key)))),
        new(RpcKind.SetParameterValues, Shape.Structure(ParameterValues, ParameterKey), Shape.Structure(Status)),
        new(RpcKind.GetParameterValues, Shape.Structure(ParameterNames), Shape.Structure(ParameterValues)),
        new(
            RpcKind.GetParameterNames,
            Shape.Structure(new Member("ParameterPath", Shape.Path, Required: true), new Member("NextLevel", Shape.Boolean, Required: true)),
            Shape.Structure(List("ParameterInfoStruct", Name, new Member("Writable", Shape.Boolean)))),
        new(RpcKind.SetParameterAttributes, Shape.Structure(List("SetParameterAttributesStruct", AttributeChange)), Nothing),
        new(
            RpcKind.GetParameterAttributes,
            Shape.Structure(ParameterNames),
            Shape.Structure(List("ParameterAttributeStruct", Name, new Member("Notification", Shape.Integer), new Member("AccessList", AccessList)))),
        new(RpcKind.AddObject, ObjectArguments, Shape.Structure(new Member("InstanceNumber", Shape.Unsigned), Status)),
        new(RpcKind.DeleteObject, ObjectArguments, Shape.Structure(Status)),
        new(
            RpcKind.Download,
            Shape.Structure(
                CommandKey, FileType, Url, Username, Password, FileSize, TargetFileName, DelaySeconds,
                new Member("SuccessURL", Shape.Key), new Member("FailureURL", Shape.Key)),
            Transferred),
        new(RpcKind.Upload, Shape.Structure(CommandKey, FileType, Url, Username, Password, DelaySeconds), Transferred),
        new(
            RpcKind.ScheduleDownload,
            Shape.Structure(
                CommandKey, FileType, Url, Username, Password, FileSize, TargetFileName,
                new Member("TimeWindowList", Shape.List("TimeWindowStruct", "cwmp:TimeWindowStruct", TimeWindow), Required: true)),
            Nothing),
        new(RpcKind.Reboot, Shape.Structure(CommandKey), Nothing),
        new(RpcKind.FactoryReset, Nothing, Nothing),
        new(RpcKind.ScheduleInform, Shape.Structure(DelaySeconds with { Required = true }, CommandKey), Nothing),
        new(RpcKind.CancelTransfer, Shape.Structure(CommandKey), Nothing),
        new(RpcKind.GetQueuedTransfers, Nothing, Shape.Structure(Transfers("QueuedTransferStruct", CommandKey, State))),
        new(
            RpcKind.GetAllQueuedTransfers,
            Nothing,
            Shape.Structure(Transfers(
                "AllQueuedTransferStruct", CommandKey, State, new Member("IsDownload", Shape.Boolean), new Member("FileType", Shape.Key), FileSize, TargetFileName))),
        new(RpcKind.ChangeDUState, Shape.Structure(new Member("Operations", Operation, Required: true, Repeats: true), CommandKey), Nothing),
        new(RpcKind.SetVouchers, Shape.Structure(new Member("VoucherList", Shape.List("base64", "soap-enc:base64", Shape.Text), Required: true)), Nothing),
        new(
            RpcKind.GetOptions,
            Shape.Structure(new Member("OptionName", Shape.Key, Required: true)),
            Shape.Structure(new Member("OptionList", Shape.List("OptionStruct", "cwmp:OptionStruct", Option)))),
    ];

    private static Shape ObjectArguments => Shape.Structure(new Member("ObjectName", Shape.Path, Required: true), ParameterKey);

    private static Member State => new("State", Shape.Key);

    private static Shape Option => Shape.Structure(
        new Member("OptionName", Shape.Key), new Member("VoucherSN", Shape.Key), State, new Member("Mode", Shape.Key),
        new Member("StartDate", Shape.Key), new Member("ExpirationDate", Shape.Key), new Member("IsTransferable", Shape.Key));

    private static Member List(string item, params Member[] members) => List(item, Shape.Structure(members));

    private static Member List(string item, Shape shape) => new("ParameterList", Shape.List(item, "cwmp:" + item, shape), Required: true);

    private static Member Transfers(string item, params Member[] members) =>
        new("TransferList", Shape.List(item, "cwmp:" + item, Shape.Structure(members)));
}
