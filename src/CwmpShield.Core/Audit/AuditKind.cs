namespace CwmpShield.Core.Audit;

/// <summary>What a record of the ledger tells.</summary>
public enum AuditKind
{
    /// <summary>Nothing that is known: a record of a newer version.</summary>
    Unknown = 0,

    /// <summary>A node began to write its chain.</summary>
    NodeStarted,

    /// <summary>A node ended in order.</summary>
    NodeEnded,

    /// <summary>Records before a checkpoint were removed by an operator.</summary>
    Pruned,

    /// <summary>Records were lost, or stand for many like them that were not written one by one; <see cref="AuditRecord.Count"/> says how many.</summary>
    Summarised,

    /// <summary>An order is about to go to its device.</summary>
    OrderIntent,

    /// <summary>What became of an order: the device's answer, or that it never came.</summary>
    OrderOutcome,

    /// <summary>An order was refused.</summary>
    OrderRefused,

    /// <summary>An order is held until an operator releases it.</summary>
    OrderHeld,

    /// <summary>A message of a device was refused.</summary>
    MessageRefused,

    /// <summary>Somebody did not prove who he is.</summary>
    AuthenticationFailed,

    /// <summary>A device was put into quarantine.</summary>
    Quarantined,

    /// <summary>Other rules are in force.</summary>
    RulesChanged,

    /// <summary>Another manifest is in force.</summary>
    ManifestChanged,

    /// <summary>The gateway runs with another configuration.</summary>
    ConfigurationChanged,

    /// <summary>An operator did something, at the command line or the console.</summary>
    OperatorAction,

    /// <summary>An order goes with the mirror's URL in place of the origin's.</summary>
    MirrorRewrite,

    /// <summary>A device reports something else than what was ordered.</summary>
    Drift,

    /// <summary>The gateway refuses because it cannot do its work, or does again; <see cref="AuditRecord.Action"/> says which.</summary>
    FailClosed,

    /// <summary>Refusal was switched off for a time by an operator, or is on again.</summary>
    BreakGlass,
}
