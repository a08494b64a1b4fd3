using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Identity;

namespace CwmpShield.Gateway.DeviceImport;

/// <summary>A device as a line of an import has it. What is null was not said: it stays as it is, or gets its default.</summary>
internal sealed record ImportRow
{
    /// <summary>Number of the line.</summary>
    public required long Line { get; init; }

    /// <summary>Who it is.</summary>
    public required DeviceId Device { get; init; }

    /// <summary>HTTP user of its own.</summary>
    public string? HttpUser { get; init; }

    /// <summary>The secret that it logs in with: a password or an HA1.</summary>
    public StoredSecret? Secret { get; init; }

    /// <summary>Whether the password is kept as a verifier for Basic alone.</summary>
    public bool BasicOnly { get; init; }

    /// <summary>Why the password is weak, taken all the same; null when it is not.</summary>
    public string? Weakness { get; init; }

    /// <summary>HTTP user that it shares with others.</summary>
    public string? SharedUser { get; init; }

    /// <summary>Password of that user.</summary>
    public StoredSecret.Password? SharedSecret { get; init; }

    /// <summary>Until when the shared user alone lets it in.</summary>
    public DateTimeOffset? MigrationUntil { get; init; }

    /// <summary>Whether it may log in.</summary>
    public DeviceStatus? Status { get; init; }

    /// <summary>The least strength that it must prove.</summary>
    public IdentityStrength? RequiredStrength { get; init; }

    /// <summary>Groups, in order.</summary>
    public IReadOnlyList<string>? Groups { get; init; }

    /// <summary>SHA-256 of bound certificate keys.</summary>
    public IReadOnlyList<string>? BoundKeys { get; init; }

    /// <summary>Model name.</summary>
    public string? Model { get; init; }

    /// <summary>Software version.</summary>
    public string? SoftwareVersion { get; init; }

    /// <summary>User of connection requests.</summary>
    public string? RequestUser { get; init; }

    /// <summary>Password of connection requests.</summary>
    public StoredSecret.Password? RequestSecret { get; init; }

    /// <summary>Why that password is weak, taken all the same; null when it is not.</summary>
    public string? RequestWeakness { get; init; }
}
