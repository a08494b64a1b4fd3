namespace CwmpShield.Core.Decisions;

/// <summary>Why the rule stage decided as it did. The words are stable: audit, metrics and console show them.</summary>
public static class RuleReason
{
    /// <summary>A rule denies.</summary>
    public const string Denied = "denied-by-rule";

    /// <summary>A rule holds the order until an operator releases it.</summary>
    public const string Held = "held-by-rule";

    /// <summary>A rule quarantines the device.</summary>
    public const string Quarantined = "quarantined-by-rule";

    /// <summary>A rule had characters of a reported value replaced.</summary>
    public const string Neutralised = "neutralised-by-rule";

    /// <summary>A rule only records, or the set only observes.</summary>
    public const string Observed = "observed-by-rule";

    /// <summary>An exception lifts the rule.</summary>
    public const string Lifted = "lifted-by-exception";

    /// <summary>An operator has released this very order.</summary>
    public const string Released = "released-by-operator";

    /// <summary>A method that is neither of TR-069 nor allowed by name.</summary>
    public const string RpcUnknown = "rpc-unknown";

    /// <summary>An order that writes names a parameter in a way that devices could read differently.</summary>
    public const string ParameterNameMalformed = "parameter-name-malformed";

    /// <summary>An order that writes names a parameter outside <c>Device.</c> and <c>InternetGatewayDevice.</c>.</summary>
    public const string ParameterRootUnknown = "parameter-root-unknown";

    /// <summary>Judging failed inside the gateway.</summary>
    public const string Error = "rule-error";
}
