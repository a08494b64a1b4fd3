namespace CwmpShield.Core.Audit.Export;

/// <summary>How much a record wants to be looked at, in the steps that SIEMs know.</summary>
public enum AuditSeverity
{
    /// <summary>The gateway's everyday work.</summary>
    Informational = 1,

    /// <summary>Worth keeping in sight: changes, and what operators do.</summary>
    Low,

    /// <summary>Refused, or not as it should be.</summary>
    Medium,

    /// <summary>An order was refused, or a device put away.</summary>
    High,

    /// <summary>The gateway does not protect as it should, or evidence is missing.</summary>
    Critical,
}

/// <summary>The severity of records.</summary>
public static class AuditSeverityOf
{
    /// <summary>The severity of a record.</summary>
    public static AuditSeverity Record(AuditRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return record.Kind switch
        {
            AuditKind.OrderRefused or AuditKind.Quarantined => AuditSeverity.High,
            AuditKind.FailClosed or AuditKind.BreakGlass => AuditSeverity.Critical,
            AuditKind.OrderHeld or AuditKind.MessageRefused or AuditKind.AuthenticationFailed or AuditKind.Drift or AuditKind.Summarised => AuditSeverity.Medium,
            AuditKind.NodeStarted => record.Action.Length > 0 ? AuditSeverity.Critical : AuditSeverity.Informational,
            AuditKind.RulesChanged or AuditKind.ManifestChanged => record.Action.Length > 0 ? AuditSeverity.Medium : AuditSeverity.Low,
            AuditKind.ConfigurationChanged or AuditKind.OperatorAction or AuditKind.Pruned => AuditSeverity.Low,
            AuditKind.Unknown => AuditSeverity.Medium,
            _ => AuditSeverity.Informational,
        };
    }
}
