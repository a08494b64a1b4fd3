namespace CwmpShield.Gateway.Auditing;

/// <summary>Reasons and actions of the ledger's own (stable words).</summary>
public static class AuditReason
{
    /// <summary>An order is refused because its record cannot be written.</summary>
    public const string Unavailable = "ledger-unavailable";

    /// <summary>The ledger can be written again.</summary>
    public const string Available = "ledger-available";

    /// <summary>The device has answered an order.</summary>
    public const string Answered = "answered";

    /// <summary>The device has answered an order with a fault.</summary>
    public const string Faulted = "faulted";

    /// <summary>An order that was let go never reached its device.</summary>
    public const string NotDelivered = "not-delivered";

    /// <summary>The session ended before the device answered.</summary>
    public const string Unanswered = "unanswered";

    /// <summary>Records that could not be kept until they could be written.</summary>
    public const string Lost = "records-lost";

    /// <summary>Refusals of strangers beyond those that are written one by one.</summary>
    public const string Strangers = "strangers";

    /// <summary>The node before this one of the same name did not end in order.</summary>
    public const string UncleanEnd = "end-missing";

    /// <summary>What an operator began was not done, or not all of it.</summary>
    public const string NotCompleted = "not-completed";

    /// <summary>The chain is shorter than its last checkpoint says.</summary>
    public const string TailMissing = "tail-missing";
}
