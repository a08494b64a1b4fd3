namespace CwmpShield.Core.Cwmp;

/// <summary>One parameter or object that a message names, in the order of the message.</summary>
public sealed record ParameterMention
{
    // A value has a type, an attribute has a change, and a report has many thousands of mentions: no room for both in each.
    private readonly object? detail;

    /// <summary>One mention.</summary>
    /// <param name="name"><see cref="Name"/>.</param>
    /// <param name="use"><see cref="Use"/>.</param>
    /// <param name="value"><see cref="Value"/>.</param>
    /// <param name="type"><see cref="Type"/>.</param>
    public ParameterMention(string name, ParameterUse use, string? value = null, string? type = null) =>
        (Name, Use, Value, detail) = (name, use, value, type);

    private ParameterMention(string name, AttributeChange change) => (Name, Use, detail) = (name, ParameterUse.Attribute, change);

    /// <summary>The name as written: a full path, or a partial one that ends with a dot, or empty for the root.</summary>
    public string Name { get; }

    /// <summary>What the message does with it.</summary>
    public ParameterUse Use { get; }

    /// <summary>The value as XML 1.0 reads it; null where the message carries none.</summary>
    public string? Value { get; }

    /// <summary>Local name of its xsi:type (<c>string</c>, <c>boolean</c> …); null when not given.</summary>
    public string? Type => detail as string;

    /// <summary>New notification attribute 0–6 where <see cref="ParameterUse.Attribute"/> changes it.</summary>
    public int? Notification => (detail as AttributeChange)?.Notification;

    /// <summary>New access list where <see cref="ParameterUse.Attribute"/> changes it.</summary>
    public IReadOnlyList<string>? AccessList => (detail as AttributeChange)?.AccessList;

    /// <summary>A parameter whose attributes an order changes.</summary>
    /// <param name="name"><see cref="Name"/>.</param>
    /// <param name="notification"><see cref="Notification"/>.</param>
    /// <param name="accessList"><see cref="AccessList"/>.</param>
    internal static ParameterMention OfAttributes(string name, int? notification, IReadOnlyList<string>? accessList) =>
        new(name, new AttributeChange(notification, accessList));

    private sealed record AttributeChange(int? Notification, IReadOnlyList<string>? AccessList);
}
