namespace CwmpShield.Core.Identity.Rotation;

/// <summary>What is wrong with the credentials that an order gives a device, beyond what the order itself shows.</summary>
[Flags]
public enum CredentialFlaw
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The password is a default, or made of the device's own names.</summary>
    Weak = 1,

    /// <summary>The password is another device's, too.</summary>
    Reused = 2,

    /// <summary>The log-in user belongs to another device, or is shared.</summary>
    UserTaken = 4,
}

/// <summary>The words for <see cref="CredentialFlaw"/> in rules and conformance cases.</summary>
public static class CredentialFlawName
{
    private static readonly (CredentialFlaw Flaw, string Name)[] Names =
        [(CredentialFlaw.Weak, "weak"), (CredentialFlaw.Reused, "reused"), (CredentialFlaw.UserTaken, "user-taken")];

    /// <summary>Every word.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Names.Select(one => one.Name)];

    /// <summary>Reads a word; <see cref="CredentialFlaw.None"/> for one that is none.</summary>
    public static CredentialFlaw Read(string word) => Array.Find(Names, one => string.Equals(one.Name, word, StringComparison.Ordinal)).Flaw;
}
