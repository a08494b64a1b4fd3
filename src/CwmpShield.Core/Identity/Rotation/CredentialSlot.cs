namespace CwmpShield.Core.Identity.Rotation;

/// <summary>How far one credential of a device has come on its way from an order to the device's own.</summary>
public enum CredentialSlot
{
    /// <summary>Ordered; the device has not said that it has it, or that it will have it after a restart.</summary>
    Pending = 0,

    /// <summary>The device has said that it has it, and has not used it through a whole session.</summary>
    Acknowledged,

    /// <summary>The device's own: the last that a whole session used, or the one that the registry was told.</summary>
    Current,

    /// <summary>What an operator has replaced; good until its end.</summary>
    Previous,

    /// <summary>What the device has again after a factory reset; good in the bootstrap lane only.</summary>
    Factory,
}
