namespace CwmpShield.Core.Rules;

/// <summary>What a rule asks for. The default value refuses.</summary>
public enum RuleAction
{
    /// <summary>Refuse.</summary>
    Deny = 0,

    /// <summary>Refuse, and let the device only Inform until an operator releases it.</summary>
    Quarantine,

    /// <summary>Refuse now; an operator can release it.</summary>
    Hold,

    /// <summary>Change the reported value: replace its dangerous characters, or empty it.</summary>
    Neutralise,

    /// <summary>Record.</summary>
    Observe,
}

/// <summary>What becomes of a value that is neutralised.</summary>
public enum Neutralisation
{
    /// <summary>Dangerous characters are replaced.</summary>
    Characters = 0,

    /// <summary>The value reads as empty, as a hidden parameter's does (TR-106 A.2.1).</summary>
    Empty,
}

/// <summary>How bad it is when the rule is not there.</summary>
public enum Severity
{
    /// <summary>Worth knowing.</summary>
    Info,

    /// <summary>Low.</summary>
    Low,

    /// <summary>Medium.</summary>
    Medium,

    /// <summary>High.</summary>
    High,

    /// <summary>Critical.</summary>
    Critical,
}

/// <summary>How far people trust the rule; for people only.</summary>
public enum Maturity
{
    /// <summary>New.</summary>
    Sandbox,

    /// <summary>In use, may still change.</summary>
    Incubating,

    /// <summary>Proven.</summary>
    Stable,
}

/// <summary>Whether rules act or only record.</summary>
public enum RuleMode
{
    /// <summary>Verdicts act.</summary>
    Enforce = 0,

    /// <summary>Verdicts are recorded; everything that can be read goes on.</summary>
    Observe,
}

/// <summary>What a rule is evaluated on.</summary>
public enum SubjectKind
{
    /// <summary>The message as a whole.</summary>
    Message = 0,

    /// <summary>Each parameter or object that it names.</summary>
    Parameter,

    /// <summary>Each file transfer that it orders.</summary>
    Transfer,
}
