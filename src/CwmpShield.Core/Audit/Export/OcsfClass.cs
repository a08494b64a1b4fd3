namespace CwmpShield.Core.Audit.Export;

/// <summary>The OCSF class and activity of a record.</summary>
/// <param name="Uid">Class.</param>
/// <param name="Name">Its caption.</param>
/// <param name="Category">Its category's caption.</param>
/// <param name="Activity">Activity within the class.</param>
internal readonly record struct OcsfClass(int Uid, string Name, string Category, int Activity)
{
    /// <summary>Start of an application.</summary>
    public const int Start = 3;

    private const int Create = 1;
    private const int Read = 2;
    private const int Update = 3;
    private const int Delete = 4;
    private const int DeleteLog = 2;
    private const int Stop = 4;
    private const int Log = 1;
    private const int Logon = 1;
    private const int Other = 99;

    /// <summary>Base Event: what the schema has no class for.</summary>
    public const int BaseEvent = 0;

    /// <summary>Event Log Activity.</summary>
    public const int EventLogActivity = 1008;

    /// <summary>Detection Finding.</summary>
    public const int DetectionFinding = 2004;

    /// <summary>Authentication.</summary>
    public const int Authentication = 3002;

    /// <summary>Device Config State Change.</summary>
    public const int ConfigStateChange = 5019;

    /// <summary>Application Lifecycle.</summary>
    public const int ApplicationLifecycle = 6002;

    /// <summary>API Activity.</summary>
    public const int ApiActivity = 6003;

    /// <summary>Its category: the thousands of the class.</summary>
    public int CategoryUid => Uid / 1000;

    /// <summary>Class and activity in one number.</summary>
    public long TypeUid => (Uid * 100L) + Activity;

    /// <summary>The activity's caption in the schema; null for Other, which has the name that its source gives it.</summary>
    public string? ActivityName => (Uid, Activity) switch
    {
        (ApiActivity or DetectionFinding, Create) => "Create",
        (ApiActivity, Read) => "Read",
        (ApiActivity, Update) => "Update",
        (ApiActivity, Delete) => "Delete",
        (EventLogActivity, DeleteLog) => "Delete",
        (Authentication, Logon) => "Logon",
        (ConfigStateChange, Log) => "Log",
        (ApplicationLifecycle, Start) => "Start",
        (ApplicationLifecycle, Stop) => "Stop",
        _ => null,
    };

    /// <summary>The class of a record.</summary>
    public static OcsfClass Of(AuditRecord record) => record.Kind switch
    {
        AuditKind.OrderIntent or AuditKind.OrderOutcome or AuditKind.MirrorRewrite => Api(ActivityOf(record.Message)),
        AuditKind.OperatorAction => Api(ActivityOf(record.Action)),
        AuditKind.OrderRefused or AuditKind.OrderHeld or AuditKind.MessageRefused or AuditKind.Quarantined or AuditKind.Drift =>
            new(DetectionFinding, "Detection Finding", "Findings", Create),
        AuditKind.AuthenticationFailed => new(Authentication, "Authentication", "Identity & Access Management", Logon),
        AuditKind.RulesChanged or AuditKind.ManifestChanged or AuditKind.ConfigurationChanged or AuditKind.FailClosed or AuditKind.BreakGlass =>
            new(ConfigStateChange, "Device Config State Change", "Discovery", Log),
        AuditKind.NodeStarted => new(ApplicationLifecycle, "Application Lifecycle", "Application Activity", Start),
        AuditKind.NodeEnded => new(ApplicationLifecycle, "Application Lifecycle", "Application Activity", Stop),
        AuditKind.Pruned => new(EventLogActivity, "Event Log Activity", "System Activity", DeleteLog),
        _ => new(BaseEvent, "Base Event", "Uncategorized", Other),
    };

    private static OcsfClass Api(int activity) => new(ApiActivity, "API Activity", "Application Activity", activity);

    /// <summary>By the verb in the name of a method or action; what is none of the four is Other, and its name stands beside.</summary>
    private static int ActivityOf(string name) => name switch
    {
        _ when name.StartsWith("Get", StringComparison.Ordinal) || name.EndsWith("-export", StringComparison.Ordinal) => Read,
        _ when name.StartsWith("Set", StringComparison.Ordinal) => Update,
        _ when name.StartsWith("Add", StringComparison.Ordinal) || name.EndsWith("-add", StringComparison.Ordinal) || name.EndsWith("-import", StringComparison.Ordinal) => Create,
        _ when name.StartsWith("Delete", StringComparison.Ordinal) || name.EndsWith("-remove", StringComparison.Ordinal) => Delete,
        _ => Other,
    };
}
