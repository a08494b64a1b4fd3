namespace CwmpShield.Gateway.Credentials;

/// <summary>Stable words for orders that give a device credentials which would lock it out, or make it another.</summary>
public static class RotationReason
{
    /// <summary>The user belongs to another device, is on its way to another, or is shared.</summary>
    public const string UserTaken = "credential-user-taken";

    /// <summary>The order sets one credential in both data models, and differently.</summary>
    public const string Ambiguous = "credential-ambiguous";

    /// <summary>
    /// The order changes the user alone, and the password is kept as a hash over the old one; or it changes one of both where the device has
    /// logged in with a shared user; or no device could log in with it: the user is empty or has a colon, or user or password are longer than
    /// TR-069 has them or have control characters.
    /// </summary>
    public const string Unlearnable = "credential-unlearnable";
}
