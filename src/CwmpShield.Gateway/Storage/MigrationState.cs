namespace CwmpShield.Gateway.Storage;

/// <summary>One numbered script and how the store stands to it.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Name">Its name, beginning with the number.</param>
/// <param name="Standing">How the store stands to it.</param>
public sealed record MigrationState(int Id, string Name, MigrationStanding Standing);

/// <summary>How a store stands to a script. The default value is a script that cannot be used.</summary>
public enum MigrationStanding
{
    /// <summary>The store was made with another text of this script.</summary>
    Changed = 0,

    /// <summary>The store has a script that this version does not know: it was made by a newer one.</summary>
    Unknown,

    /// <summary>Not applied yet.</summary>
    Pending,

    /// <summary>Applied just now.</summary>
    New,

    /// <summary>Applied before.</summary>
    Applied,
}
