namespace CwmpShield.Core.Audit.Controls;

/// <summary>What a control may ask the gateway's records for (a closed list; each is a figure of the report).</summary>
public static class EvidenceQuery
{
    /// <summary>Rule sets in force, with hash and time.</summary>
    public const string RuleSets = "rule-sets";

    /// <summary>Verdicts on orders and messages.</summary>
    public const string Verdicts = "verdicts";

    /// <summary>Orders that were refused.</summary>
    public const string RefusedOrders = "refused-orders";

    /// <summary>Orders that were held for an operator.</summary>
    public const string HeldOrders = "held-orders";

    /// <summary>Refusals by the rules that the control names.</summary>
    public const string RefusedByRule = "refused-by-rule";

    /// <summary>Messages of devices that were refused.</summary>
    public const string RefusedMessages = "refused-messages";

    /// <summary>Log-ins that failed.</summary>
    public const string FailedAuthentication = "failed-authentication";

    /// <summary>Exceptions from rules.</summary>
    public const string Exceptions = "exceptions";

    /// <summary>How strongly devices must prove who they are.</summary>
    public const string IdentityStrength = "identity-strength";

    /// <summary>Certificates that were presented, and refused ones.</summary>
    public const string Certificates = "certificates";

    /// <summary>Files that devices were told to fetch.</summary>
    public const string Artefacts = "artefacts";

    /// <summary>The ledger's chains and what verifying them said.</summary>
    public const string Ledger = "ledger";

    /// <summary>What operators did.</summary>
    public const string OperatorActions = "operator-actions";

    /// <summary>Changes of configuration and manifests.</summary>
    public const string Changes = "changes";

    /// <summary>Devices that differ from what they were ordered.</summary>
    public const string Drift = "drift";

    /// <summary>Downtime and refusal for want of a ledger.</summary>
    public const string Availability = "availability";

    /// <summary>Every word.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        RuleSets, Verdicts, RefusedOrders, HeldOrders, RefusedByRule, RefusedMessages, FailedAuthentication, Exceptions, IdentityStrength, Certificates, Artefacts,
        Ledger, OperatorActions, Changes, Drift, Availability,
    ];
}
