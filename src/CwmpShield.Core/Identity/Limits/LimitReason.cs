namespace CwmpShield.Core.Identity.Limits;

/// <summary>Why somebody has to wait. Stable words: metrics, audit and console use the same.</summary>
public static class LimitReason
{
    /// <summary>Too many log-ins came from this address, right or wrong, by devices that it isn't known for.</summary>
    public const string AddressAttempts = "address-attempts-exceeded";

    /// <summary>Too many log-ins from this address (or the IPv6 site around it) were wrong.</summary>
    public const string AddressFailures = "address-failures-exceeded";

    /// <summary>This address was wrong with this name too often; sooner where the name is being guessed at from many sides.</summary>
    public const string NameFailures = "name-failures-exceeded";

    /// <summary>Too many wrong passwords beside one certificate, or by somebody behind the device's own address.</summary>
    public const string DeviceFailures = "device-failures-exceeded";

    /// <summary>The device logs in too often, rightly.</summary>
    public const string DeviceAttempts = "device-attempts-exceeded";

    /// <summary>Too many sessions began from this address without proof of who speaks.</summary>
    public const string AddressSessions = "address-sessions-exceeded";

    /// <summary>The device began too many sessions.</summary>
    public const string DeviceSessions = "device-sessions-exceeded";

    /// <summary>Too many bytes came from this address without proof of who speaks.</summary>
    public const string AddressBytes = "address-bytes-exceeded";

    /// <summary>The device sent too many bytes.</summary>
    public const string DeviceBytes = "device-bytes-exceeded";

    /// <summary>Every reason.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        AddressAttempts, AddressFailures, NameFailures, DeviceFailures, DeviceAttempts, AddressSessions, DeviceSessions, AddressBytes, DeviceBytes,
    ];
}
