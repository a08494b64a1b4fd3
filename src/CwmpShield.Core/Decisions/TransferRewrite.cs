using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Wire;

namespace CwmpShield.Core.Decisions;

/// <summary>Where a device is to fetch one file instead.</summary>
/// <param name="Url">The URL.</param>
/// <param name="Username">The user, null to keep the order's.</param>
/// <param name="Password">The password, null to keep the order's.</param>
/// <param name="FileSize">The size where the order declares none, null to keep it.</param>
public sealed record TransferReplacement(string Url, string? Username, string? Password, long? FileSize);

/// <summary>Puts other URLs and credentials into an order's transfers, and changes nothing else of it.</summary>
public static class TransferRewrite
{
    /// <summary>The order with its transfers replaced; null where the result would be no message, or not the same transfers but for what was replaced.</summary>
    /// <param name="order">The order.</param>
    /// <param name="replacements">One for each of its transfers, null to keep it.</param>
    public static CwmpMessage? Apply(CwmpMessage order, IReadOnlyList<TransferReplacement?> replacements)
    {
        ArgumentNullException.ThrowIfNull(order);
        ArgumentNullException.ThrowIfNull(replacements);
        if (replacements.Count != order.Transfers.Count)
        {
            return null;
        }

        var body = order.Envelope.Body;
        var changed = order.Rpc == RpcKind.ChangeDUState ? Operations(body, replacements)
            : replacements is [{ } only] ? Replace(body, only)
            : body;
        var result = MessageRewrite.With(order, changed);
        return result is not null && IsAsMeant(order, result, replacements) ? result : null;
    }

    /// <summary>The element that holds one transfer's arguments; null where the order has no such transfer.</summary>
    public static SoapElement? ElementOf(CwmpMessage order, int index)
    {
        ArgumentNullException.ThrowIfNull(order);
        var body = order.Envelope.Body;
        return order.Rpc != RpcKind.ChangeDUState ? index == 0 && order.Transfers.Count == 1 ? body : null
            : body.Children.Where(child => child.LocalName == "Operations").ElementAtOrDefault(index) is not { } operation ? null
            : operation.Child("URL") is null && operation.Children.Count > 0 ? operation.Children[0]
            : operation;
    }

    private static SoapElement Operations(SoapElement body, IReadOnlyList<TransferReplacement?> replacements)
    {
        var at = 0;
        return body.WithChildren([.. body.Children.Select(child =>
            child.LocalName != "Operations" ? child
            : replacements[at++] is { } replacement ? Operation(child, replacement)
            : child)]);
    }

    /// <summary>The operation's members stand in it where its type is an attribute, else one element below.</summary>
    private static SoapElement Operation(SoapElement operation, TransferReplacement replacement) =>
        operation.Child("URL") is not null || operation.Children.Count == 0
            ? Replace(operation, replacement)
            : operation.WithChildren([Replace(operation.Children[0], replacement), .. operation.Children.Skip(1)]);

    private static SoapElement Replace(SoapElement transfer, TransferReplacement replacement) => transfer.WithChildren([.. transfer.Children.Select(child => child.LocalName switch
    {
        "URL" => child.WithText(replacement.Url),
        "Username" when replacement.Username is { } user => child.WithText(user),
        "Password" when replacement.Password is { } password => child.WithText(password),
        "FileSize" when replacement.FileSize is { } size => child.WithText(size.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        _ => child,
    })]);

    private static bool IsAsMeant(CwmpMessage order, CwmpMessage result, IReadOnlyList<TransferReplacement?> replacements) =>
        result.Rpc == order.Rpc && result.Id == order.Id && result.CommandKey == order.CommandKey
        && result.Transfers.SequenceEqual(order.Transfers.Select((transfer, i) => replacements[i] is not { } replacement ? transfer : transfer with
        {
            Url = replacement.Url,
            Username = replacement.Username ?? transfer.Username,
            HasPassword = replacement.Password is null ? transfer.HasPassword : replacement.Password.Length > 0,
            FileSize = replacement.FileSize ?? transfer.FileSize,
        }));
}
