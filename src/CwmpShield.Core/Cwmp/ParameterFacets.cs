using CwmpShield.Core.Cwmp.Schema;
using CwmpShield.Core.Wire;

namespace CwmpShield.Core.Cwmp;

/// <summary>Lists the parameters and objects that a message names.</summary>
internal static class ParameterFacets
{
    /// <summary>Every mention in the order of the message.</summary>
    public static IReadOnlyList<ParameterMention> Read(CwmpMessage message)
    {
        var body = message.Envelope.Body;
        return (message.Rpc, message.Role) switch
        {
            (RpcKind.SetParameterValues, MessageRole.Request) => Values(body, ParameterUse.Write),
            (RpcKind.Inform, MessageRole.Request) or (RpcKind.GetParameterValues, MessageRole.Response) => Values(body, ParameterUse.Report),
            (RpcKind.GetParameterNames or RpcKind.GetParameterAttributes, MessageRole.Response) => Values(body, ParameterUse.Report),
            (RpcKind.SetParameterAttributes, MessageRole.Request) => Attributes(body),
            (RpcKind.GetParameterValues or RpcKind.GetParameterAttributes, MessageRole.Request) => Names(body),
            (RpcKind.GetParameterNames, MessageRole.Request) => One(body, "ParameterPath", ParameterUse.Read),
            (RpcKind.AddObject, MessageRole.Request) => One(body, "ObjectName", ParameterUse.AddObject),
            (RpcKind.DeleteObject, MessageRole.Request) => One(body, "ObjectName", ParameterUse.DeleteObject),
            _ => [],
        };
    }

    private static ParameterMention[] One(SoapElement body, string member, ParameterUse use) =>
        [new ParameterMention(body.Child(member)?.Text ?? "", use)];

    private static List<ParameterMention> Names(SoapElement body)
    {
        var items = body.Child("ParameterNames")?.Children ?? [];
        var mentions = new List<ParameterMention>(items.Count);
        for (var i = 0; i < items.Count; i++)
        {
            mentions.Add(new ParameterMention(items[i].Text, ParameterUse.Read));
        }

        return mentions;
    }

    private static List<ParameterMention> Values(SoapElement body, ParameterUse use)
    {
        var items = body.Child("ParameterList")?.Children ?? [];
        var mentions = new List<ParameterMention>(items.Count);
        for (var i = 0; i < items.Count; i++)
        {
            // What is no item here is a vendor's extension of a device's list, and names no parameter.
            if (items[i].Child("Name") is { } name)
            {
                var value = items[i].Child("Value");
                mentions.Add(new ParameterMention(name.Text, use, value?.Text, Type(value)));
            }
        }

        return mentions;
    }

    private static List<ParameterMention> Attributes(SoapElement body)
    {
        var items = body.Child("ParameterList")?.Children ?? [];
        var mentions = new List<ParameterMention>(items.Count);
        for (var i = 0; i < items.Count; i++)
        {
            var item = items[i];
            mentions.Add(new ParameterMention(
                item.Child("Name")?.Text ?? "",
                ParameterUse.Attribute,
                Notification: Changes(item, "NotificationChange") ? Number(item.Child("Notification")) : null,
                AccessList: Changes(item, "AccessListChange") ? AccessList(item.Child("AccessList")) : null));
        }

        return mentions;
    }

    private static bool Changes(SoapElement item, string member) =>
        item.Child(member) is { } flag && ScalarText.TryBoolean(flag.Text, out var changes) && changes;

    private static int? Number(SoapElement? element) =>
        element is not null && ScalarText.TryNumber(element.Text, out var number) ? (int)number : 0;

    private static string[] AccessList(SoapElement? list)
    {
        var entries = new string[list?.Children.Count ?? 0];
        for (var i = 0; i < entries.Length; i++)
        {
            entries[i] = list!.Children[i].Text;
        }

        return entries;
    }

    private static string? Type(SoapElement? value)
    {
        if (value is null || value.Attributes.Count == 0)
        {
            return null;
        }

        var type = value.Attributes[0].Value;
        return ScalarText.SchemaType(type) ?? ScalarText.LocalPart(type).ToString();
    }
}
