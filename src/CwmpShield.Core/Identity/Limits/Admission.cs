namespace CwmpShield.Core.Identity.Limits;

/// <summary>Whether somebody may go on. The default value doesn't.</summary>
public readonly record struct Admission
{
    /// <summary>May go on, and nothing is held for it.</summary>
    internal static Admission Free => new() { IsGranted = true };

    /// <summary>Whether it may.</summary>
    public bool IsGranted { get; internal init; }

    /// <summary>Why it may not, a <see cref="LimitReason"/>; empty when it may.</summary>
    public string Reason => IsGranted ? "" : Word ?? LimitReason.AddressFailures;

    /// <summary>Granted: how long to wait before going on. Refused: how long until it would be granted.</summary>
    public TimeSpan Wait { get; internal init; }

    /// <summary>What has been charged for it and comes back where the log-in is right.</summary>
    internal AdmissionHold Hold { get; init; }

    /// <summary>Whose log-in it is: the party and the name that it claims, together.</summary>
    internal ulong Pair { get; init; }

    /// <summary>The name that it claims.</summary>
    internal ulong Claim { get; init; }

    private string? Word { get; init; }

    internal static Admission Refused(string reason, long wait) => new() { Word = reason, Wait = TimeSpan.FromTicks(wait) };
}

/// <summary>What an <see cref="Admission"/> has charged.</summary>
internal enum AdmissionHold
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The address, and the site around it.</summary>
    Address,

    /// <summary>The pair of an address and a device that has logged in from it.</summary>
    Pair,

    /// <summary>The party itself.</summary>
    Party,
}

/// <summary>How a log-in that was admitted ended.</summary>
public enum AttemptEnd
{
    /// <summary>It was wrong.</summary>
    Failed = 0,

    /// <summary>It was never judged, or only its nonce was too old.</summary>
    Undecided,

    /// <summary>It was right.</summary>
    Succeeded,
}
