namespace CwmpShield.Core.Firmware.Reading;

/// <summary>One node of a JSON document, with the offset of its first byte.</summary>
internal abstract record JsonNode(long Offset)
{
    /// <summary>What it is, for messages.</summary>
    public abstract string Kind { get; }
}

/// <summary>A string.</summary>
internal sealed record JsonText(long Offset, string Value) : JsonNode(Offset)
{
    /// <inheritdoc/>
    public override string Kind => "a text";
}

/// <summary>A number; null when it is no whole one of 64 bits.</summary>
internal sealed record JsonNumber(long Offset, long? Value) : JsonNode(Offset)
{
    /// <inheritdoc/>
    public override string Kind => "a number";
}

/// <summary><c>true</c>, <c>false</c>, or null for <c>null</c>.</summary>
internal sealed record JsonFlag(long Offset, bool? Value) : JsonNode(Offset)
{
    /// <inheritdoc/>
    public override string Kind => Value is null ? "null" : "true or false";
}

/// <summary>An array.</summary>
internal sealed record JsonList(long Offset, IReadOnlyList<JsonNode> Items) : JsonNode(Offset)
{
    /// <inheritdoc/>
    public override string Kind => "a list";
}

/// <summary>An object; its names are unique.</summary>
internal sealed record JsonMap(long Offset, IReadOnlyList<JsonMember> Members) : JsonNode(Offset)
{
    /// <inheritdoc/>
    public override string Kind => "an object";
}

/// <summary>A member of an object, with the offset of its name.</summary>
internal sealed record JsonMember(string Name, long Offset, JsonNode Value);
