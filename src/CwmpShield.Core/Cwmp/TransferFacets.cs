using CwmpShield.Core.Cwmp.Schema;
using CwmpShield.Core.Wire;

namespace CwmpShield.Core.Cwmp;

/// <summary>Lists the files that an order tells a device to fetch or to send.</summary>
internal static class TransferFacets
{
    /// <summary>Every transfer in the order of the message; none for a message that is no order.</summary>
    public static IReadOnlyList<TransferOrder> Read(RpcKind rpc, MessageRole role, SoapElement body) => (rpc, role) switch
    {
        (RpcKind.Download, MessageRole.Request) => [One(body, TransferKind.Download)],
        (RpcKind.ScheduleDownload, MessageRole.Request) => [One(body, TransferKind.ScheduleDownload)],
        (RpcKind.Upload, MessageRole.Request) => [One(body, TransferKind.Upload)],
        (RpcKind.ChangeDUState, MessageRole.Request) => Operations(body),
        _ => [],
    };

    private static TransferOrder[] Operations(SoapElement body)
    {
        var transfers = new List<TransferOrder>(body.Children.Count);
        for (var i = 0; i < body.Children.Count; i++)
        {
            if (body.Children[i].LocalName == "Operations")
            {
                transfers.Add(Operation(body.Children[i]));
            }
        }

        return [.. transfers];
    }

    private static TransferOrder Operation(SoapElement operations)
    {
        var typed = operations.Attribute("type", SoapNames.Instance);
        var structure = typed is null ? operations.Children[0] : operations;
        var type = typed is null ? structure.LocalName : ScalarText.LocalPart(typed.Value).ToString();
        return One(structure, type switch
        {
            "InstallOpStruct" => TransferKind.Install,
            "UpdateOpStruct" => TransferKind.Update,
            _ => TransferKind.Uninstall,
        });
    }

    private static TransferOrder One(SoapElement order, TransferKind kind) => new(
        kind,
        Text(order, "URL"),
        Text(order, "FileType"),
        Text(order, "Username"),
        Text(order, "Password").Length > 0,
        ScalarText.TryNumber(Text(order, "FileSize"), out var size) ? size : 0,
        Text(order, "TargetFileName"),
        Text(order, "SuccessURL"),
        Text(order, "FailureURL"),
        Text(order, "UUID"),
        Text(order, "Version"));

    private static string Text(SoapElement order, string member) => order.Child(member)?.Text ?? "";
}
