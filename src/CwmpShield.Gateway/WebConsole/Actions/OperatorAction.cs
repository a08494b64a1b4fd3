namespace CwmpShield.Gateway.WebConsole.Actions;

/// <summary>Something that a person (or somebody who would be one) did at the console.</summary>
/// <param name="Actor">Account name; <c>?</c> where no account can be called so.</param>
/// <param name="Action">What, a kebab-case word of a closed list.</param>
/// <param name="Subject">To what or whom: a device, the number of a held order, an account.</param>
/// <param name="Reason">The operator's own words; empty where none are asked for.</param>
/// <param name="Source">Address of the browser.</param>
public sealed record OperatorAction(string Actor, string Action, string Subject, string Reason, string Source)
{
    /// <summary>The device that it is about, so that it is found in the device's history; empty for none.</summary>
    public string Device { get; init; } = "";

    /// <summary>Signed in.</summary>
    public const string SignIn = "sign-in";

    /// <summary>Name and password did not fit.</summary>
    public const string SignInFailed = "sign-in-failed";

    /// <summary>Too many tries: none is looked at for a while.</summary>
    public const string LockOut = "lock-out";

    /// <summary>Signed out.</summary>
    public const string SignOut = "sign-out";

    /// <summary>Changed the own password.</summary>
    public const string PasswordChanged = "password-changed";

    /// <summary>Asked for what the role does not give.</summary>
    public const string Forbidden = "forbidden";

    /// <summary>The device may Inform and nothing more.</summary>
    public const string DeviceQuarantine = "device-quarantine";

    /// <summary>Out of quarantine.</summary>
    public const string DeviceRelease = "device-release";

    /// <summary>Not let in any more.</summary>
    public const string DeviceDisable = "device-disable";

    /// <summary>Let in again.</summary>
    public const string DeviceEnable = "device-enable";

    /// <summary>A held order may pass once.</summary>
    public const string HeldRelease = "held-release";

    /// <summary>A release is proposed, for another operator to confirm.</summary>
    public const string HeldPropose = "held-propose";

    /// <summary>A held order stays refused.</summary>
    public const string HeldReject = "held-reject";

    /// <summary>A rollout stops.</summary>
    public const string RolloutHalt = "rollout-halt";

    /// <summary>A rollout goes on.</summary>
    public const string RolloutResume = "rollout-resume";

    /// <summary>Rules refuse again before the broken glass would have mended itself.</summary>
    public const string BreakGlassMend = "break-glass-mend";
}
