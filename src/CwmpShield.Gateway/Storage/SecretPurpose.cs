namespace CwmpShield.Gateway.Storage;

/// <summary>What a device's secret is for and how far it has come: the words of the table, and part of each seal.</summary>
public static class SecretPurpose
{
    /// <summary>The device's own: it logs in with it, and the gateway logs in as the device.</summary>
    public const string Login = "login";

    /// <summary>Ordered, and nobody knows yet whether the device has taken it.</summary>
    public const string LoginPending = "login-pending";

    /// <summary>The device has said that it has taken it, and has not used it yet.</summary>
    public const string LoginAcknowledged = "login-acknowledged";

    /// <summary>Replaced by an operator, good until it ends.</summary>
    public const string LoginPrevious = "login-previous";

    /// <summary>What the device has again after a factory reset.</summary>
    public const string LoginFactory = "login-factory";

    /// <summary>The gateway's log-in at the device, for connection requests.</summary>
    public const string ConnectionRequest = "connection-request";

    /// <summary>Ordered, and nobody knows yet whether the device has taken it.</summary>
    public const string ConnectionRequestPending = "connection-request-pending";

    /// <summary>What was before, as long as it is not known to be gone.</summary>
    public const string ConnectionRequestPrevious = "connection-request-previous";
}
