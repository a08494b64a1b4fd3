namespace CwmpShield.Gateway.ConnectionRequests;

/// <summary>Stable words for what the broker's door itself refuses.</summary>
public static class BrokerReason
{
    /// <summary>The peer is in none of the listed ACS networks.</summary>
    public const string AcsUnlisted = "acs-unlisted";

    /// <summary>The request target is not the broker's URL: another path, a query, another form.</summary>
    public const string PathUnknown = "path-unknown";
}
