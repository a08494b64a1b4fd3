using CwmpShield.Core.Cwmp.Schema;
using CwmpShield.Core.Wire;

namespace CwmpShield.Core.Cwmp;

/// <summary>Lists the parameters and objects that a message names.</summary>
internal static class ParameterFacets
{
    /// <summary>Every mention in the order of the message.</summary>
    public static IReadOnlyList<ParameterMention> Read(RpcKind rpc, MessageRole role, SoapElement body) => (rpc, role) switch
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

    private static ParameterMention[] One(SoapElement body, string member, ParameterUse use) =>
        [new ParameterMention(body.Child(member)?.Text ?? "", use)];

    private static ParameterMention[] Names(SoapElement body)
    {
        var items = body.Child("ParameterNames")?.Nodes ?? [];
        var mentions = new ParameterMention[items.Length];
        for (var i = 0; i < items.Length; i++)
        {
            mentions[i] = new ParameterMention(items[i].Text, ParameterUse.Read);
        }

        return mentions;
    }

    private static ParameterMention[] Values(SoapElement body, ParameterUse use)
    {
        var items = body.Child("ParameterList")?.Nodes ?? [];
        var mentions = new ParameterMention[items.Length];
        var count = 0;
        (SoapAttribute? Attribute, string? Name) last = default;
        foreach (var item in items)
        {
            // What is no item here is a vendor's extension of a device's list, and names no parameter.
            if (item.Child("Name") is { } name)
            {
                var value = item.Child("Value");
                mentions[count++] = new ParameterMention(name.Text, use, value?.Text, Type(value, ref last));
            }
        }

        return count == mentions.Length ? mentions : mentions[..count];
    }

    private static ParameterMention[] Attributes(SoapElement body)
    {
        var items = body.Child("ParameterList")?.Nodes ?? [];
        var mentions = new ParameterMention[items.Length];
        for (var i = 0; i < items.Length; i++)
        {
            var item = items[i];
            mentions[i] = ParameterMention.OfAttributes(
                item.Child("Name")?.Text ?? "",
                Changes(item, "NotificationChange") ? Number(item.Child("Notification")) : null,
                Changes(item, "AccessListChange") ? AccessList(item.Child("AccessList")) : null);
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

    // One value after the other has the same attribute.
    private static string? Type(SoapElement? value, ref (SoapAttribute? Attribute, string? Name) last)
    {
        if (value?.AttributeNodes is not [var attribute, ..])
        {
            return null;
        }

        if (!ReferenceEquals(attribute, last.Attribute))
        {
            last = (attribute, ScalarText.SchemaType(attribute.Value) ?? ScalarText.LocalPart(attribute.Value).ToString());
        }

        return last.Name;
    }
}
