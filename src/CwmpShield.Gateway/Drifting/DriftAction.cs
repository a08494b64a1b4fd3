namespace CwmpShield.Gateway.Drifting;

/// <summary>What a record of the ledger says of a drift (stable words).</summary>
public static class DriftAction
{
    /// <summary>The device reports something else than was ordered.</summary>
    public const string Found = "found";

    /// <summary>It reports what was ordered again.</summary>
    public const string Cleared = "cleared";

    /// <summary>The same was ordered once more, or something else.</summary>
    public const string OrderedAgain = "ordered-again";

    /// <summary>An operator has accepted what the device reports.</summary>
    public const string Accepted = "drift-accepted";
}
