namespace CwmpShield.Soak.Rig;

/// <summary>What a test changes of the configuration that the gateway is started with.</summary>
internal sealed record RigSettings
{
    /// <summary>Limits of every listener; null leaves the defaults.</summary>
    public object? Limits { get; init; }

    /// <summary>The <c>Store</c> section; null for SQLite in the rig's folder.</summary>
    public object? Store { get; init; }

    /// <summary>The <c>Throttle</c> section; null leaves the defaults.</summary>
    public object? Throttle { get; init; }

    /// <summary>Seconds that the ACS has for an answer.</summary>
    public int AnswerSeconds { get; init; } = 30;

    /// <summary>Seconds that sessions in progress have when the gateway stops.</summary>
    public int DrainSeconds { get; init; } = 20;

    /// <summary>Name of this node in the ledger.</summary>
    public string Node { get; init; } = "one";
}
