using CwmpShield.Core.Identity;

namespace CwmpShield.Gateway.Storage;

/// <summary>Which devices a list shows; what is null does not matter. All must hold.</summary>
public sealed record DeviceFilter
{
    private const string SharedSecret = """
        EXISTS (SELECT 1 FROM device_secret a JOIN device_secret b ON b.fingerprint = a.fingerprint AND b.device_id <> a.device_id WHERE a.device_id = d.id)
        """;

    /// <summary>Group.</summary>
    public string? Group { get; init; }

    /// <summary>Status.</summary>
    public DeviceStatus? Status { get; init; }

    /// <summary>The strength that the device must prove, which is the highest that it has proven.</summary>
    public IdentityStrength? Strength { get; init; }

    /// <summary>OUI, without case.</summary>
    public string? Oui { get; init; }

    /// <summary>Model name, to the character.</summary>
    public string? Model { get; init; }

    /// <summary>Last seen before this, or never.</summary>
    public DateTimeOffset? SeenBefore { get; init; }

    /// <summary>Last seen at this time or later.</summary>
    public DateTimeOffset? SeenAfter { get; init; }

    /// <summary>Part of serial number, product class, HTTP user or model, without case.</summary>
    public string? Text { get; init; }

    /// <summary>Has a secret that another device has, too.</summary>
    public bool Reused { get; init; }

    /// <summary>Has a password that is known to be weak.</summary>
    public bool Weak { get; init; }

    /// <summary>The condition on the device table <c>d</c> for rows behind <c>@after</c>, in the order of their keys.</summary>
    /// <summary>Only devices up to this key: a search goes through all in steps of which each has an end.</summary>
    internal long? Through { get; init; }

    internal string Condition(int limit) => string.Join(" AND ", Conditions(limit)) + $" ORDER BY d.id LIMIT {limit}";

    /// <summary>The values that the condition names.</summary>
    internal (string Name, object? Value)[] Values(long after) =>
    [
        ("@after", after),
        ("@through", Through),
        ("@group", Group),
        ("@status", Status is { } status ? StatusName.Of(status) : null),
        ("@strength", Strength is { } strength ? (long)strength : null),
        ("@oui", Oui?.ToUpperInvariant()),
        ("@model", Model),
        ("@before", SeenBefore?.ToUnixTimeMilliseconds()),
        ("@since", SeenAfter?.ToUnixTimeMilliseconds()),
        ("@text", Text is null ? null : $"%{Escape(Text)}%"),
    ];

    private static string Escape(string text) => text
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("%", "\\%", StringComparison.Ordinal)
        .Replace("_", "\\_", StringComparison.Ordinal);

    private IEnumerable<string> Conditions(int limit)
    {
        // A group may be half of all devices: where nothing else is asked for, its index gives the page, else each row is looked up in it.
        var isGroupAlone = this == new DeviceFilter { Group = Group };
        var ofGroup = isGroupAlone
            ? $"d.id IN (SELECT device_id FROM device_group WHERE name = @group AND device_id > @after ORDER BY device_id LIMIT {limit})"
            : "EXISTS (SELECT 1 FROM device_group g WHERE g.device_id = d.id AND g.name = @group)";
        const string text = "lower(d.serial_number || ' ' || d.product_class || ' ' || coalesce(d.http_user, '') || ' ' || d.model)";
        (bool Applies, string Condition)[] all =
        [
            (true, "d.id > @after"),
            (Through is not null, "d.id <= @through"),
            (Group is not null, ofGroup),
            (Status is not null, "d.status = @status"),
            (Strength is not null, "d.required_strength = @strength"),
            (Oui is not null, "d.oui = @oui"),
            (Model is not null, "d.model = @model"),
            (SeenBefore is not null, "(d.last_seen IS NULL OR d.last_seen < @before)"),
            (SeenAfter is not null, "d.last_seen >= @since"),
            (Text is not null, text + @" LIKE lower(@text) ESCAPE '\'"),
            (Reused, SharedSecret),
            (Weak, "EXISTS (SELECT 1 FROM device_secret w WHERE w.device_id = d.id AND w.weakness IS NOT NULL)"),
        ];
        return all.Where(one => one.Applies).Select(one => one.Condition);
    }
}
