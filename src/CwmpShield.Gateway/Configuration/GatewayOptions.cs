namespace CwmpShield.Gateway.Configuration;

/// <summary>The <c>CwmpShield</c> section of the configuration. Immutable once bound.</summary>
public sealed record GatewayOptions
{
    /// <summary>Where devices connect. At least one.</summary>
    public IReadOnlyList<ListenerOptions> Listeners { get; init; } = [];

    /// <summary>How the gateway speaks to the ACS.</summary>
    public AcsOptions Acs { get; init; } = new();

    /// <summary>The rules that judge.</summary>
    public RulesOptions Rules { get; init; } = new();

    /// <summary>What vouches for the files that devices are told to fetch.</summary>
    public ArtefactOptions Artefacts { get; init; } = new();

    /// <summary>Registry and state.</summary>
    public StoreOptions Store { get; init; } = new();

    /// <summary>The ledger of orders, refusals and changes.</summary>
    public AuditOptions Audit { get; init; } = new();

    /// <summary>Order and effect: what devices report, held against what they were ordered.</summary>
    public DriftOptions Drift { get; init; } = new();

    /// <summary>Where artefacts are fetched, verified and served to devices.</summary>
    public MirrorOptions Mirror { get; init; } = new();

    /// <summary>Metrics and health.</summary>
    public ManagementOptions Management { get; init; } = new();

    /// <summary>Spans for a collector.</summary>
    public TelemetryOptions Telemetry { get; init; } = new();

    /// <summary>How the gateway stops.</summary>
    public DrainOptions Drain { get; init; } = new();

    /// <summary>Bounds on refusal rounds.</summary>
    public RefusalOptions Refusal { get; init; } = new();

    /// <summary>Connection requests: the broker between ACS and devices.</summary>
    public ConnectionRequestOptions ConnectionRequests { get; init; } = new();

    /// <summary>What one address and one device may use.</summary>
    public ThrottleOptions Throttle { get; init; } = new();

    /// <summary>How many sessions may begin.</summary>
    public AdmissionOptions Admission { get; init; } = new();

    /// <summary>What is taken for impersonation.</summary>
    public ImpersonationOptions Impersonation { get; init; } = new();

    /// <summary>Bytes of all bodies buffered at one time in the process; beyond it 503. The default value is 512 MiB.</summary>
    public long BufferBudgetBytes { get; init; } = 512L << 20;
}

/// <summary>Rules: where they are, and whether they bite.</summary>
public sealed record RulesOptions
{
    /// <summary>A rules file or a directory of packs. The default value is <c>rules</c>.</summary>
    public string Path { get; init; } = "rules";

    /// <summary>Whether a refusing rule refuses, or is only recorded. The default value is enforce.</summary>
    public RulesMode Mode { get; init; } = RulesMode.Enforce;

    /// <summary>Whether only a signed folder is loaded, of no lower version than was ever in force, and before its signature ends. The default value is false.</summary>
    public bool RequireSignedRules { get; init; }

    /// <summary>Public key in PEM (ECDSA P-256, or RSA of 2,048 bits and more) that must have signed. Required with <see cref="RequireSignedRules"/>.</summary>
    public string TrustedKeyFile { get; init; } = "";

    /// <summary>How often the files are looked at for change. The default value is 2 seconds.</summary>
    public TimeSpan ReloadInterval { get; init; } = TimeSpan.FromSeconds(2);
}

/// <summary>Whether rules bite.</summary>
public enum RulesMode
{
    /// <summary>A refusing rule refuses.</summary>
    Enforce = 0,

    /// <summary>A refusing rule is recorded and the message goes on. Wire, session and identity limits still hold.</summary>
    Observe,
}

/// <summary>Where state is kept.</summary>
public sealed record StoreOptions
{
    /// <summary>The embedded SQLite file, or a PostgreSQL database that several nodes share. The default value is SQLite.</summary>
    public StoreEngine Engine { get; init; } = StoreEngine.Sqlite;

    /// <summary>SQLite file. The default value is <c>cwmpshield.db</c>.</summary>
    public string Path { get; init; } = "cwmpshield.db";

    /// <summary>PostgreSQL: Npgsql's connection string, without a password.</summary>
    public string ConnectionString { get; init; } = "";

    /// <summary>PostgreSQL: file whose first line is the password; empty where the server asks for none.</summary>
    public string PasswordFile { get; init; } = "";

    /// <summary>File with the 32-byte master keys (base64 or hex, one a line) that secrets are encrypted under. One of the three sources is required.</summary>
    public string KeyFile { get; init; } = "";

    /// <summary>Environment variable that holds the keys, in place of a file.</summary>
    public string KeyVariable { get; init; } = "";

    /// <summary>Credential of the systemd unit that holds the keys, in place of a file: a name in CREDENTIALS_DIRECTORY.</summary>
    public string SystemdKey { get; init; } = "";
}

/// <summary>What keeps the state.</summary>
public enum StoreEngine
{
    /// <summary>One file, for one node.</summary>
    Sqlite = 0,

    /// <summary>A database that several nodes share.</summary>
    Postgresql,
}

/// <summary>Bounds on answering an ACS in a device's name.</summary>
public sealed record RefusalOptions
{
    /// <summary>Orders judged before the device is let go with 204. The default value is 16.</summary>
    public int MaxRounds { get; init; } = 16;

    /// <summary>Time before the device is let go with 204. The default value is 10 seconds.</summary>
    public TimeSpan MaxTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Further orders answered 9001 after the device is gone. The default value is 256.</summary>
    public int DrainRounds { get; init; } = 256;

    /// <summary>Time for those. The default value is 30 seconds.</summary>
    public TimeSpan DrainTime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Refusal loops in progress at one time in the process. The default value is 1,024.</summary>
    public int MaxLoops { get; init; } = 1024;
}
