namespace CwmpShield.Core.Cwmp;

/// <summary>One parameter or object that a message names, in the order of the message.</summary>
/// <param name="Name">The name as written: a full path, or a partial one that ends with a dot, or empty for the root.</param>
/// <param name="Use">What the message does with it.</param>
/// <param name="Value">The value as XML 1.0 reads it; null where the message carries none.</param>
/// <param name="Type">Local name of its xsi:type (<c>string</c>, <c>boolean</c> …); null when not given.</param>
/// <param name="Notification">New notification attribute 0–6 where <see cref="ParameterUse.Attribute"/> changes it.</param>
/// <param name="AccessList">New access list where <see cref="ParameterUse.Attribute"/> changes it.</param>
public sealed record ParameterMention(
    string Name,
    ParameterUse Use,
    string? Value = null,
    string? Type = null,
    int? Notification = null,
    IReadOnlyList<string>? AccessList = null);
