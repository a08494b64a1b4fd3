namespace CwmpShield.Core.ConnectionRequests;

/// <summary>Why an endpoint was not learned, or a connection request not made. Stable words: headers, metrics and console use the same.</summary>
public static class ConnectionRequestReason
{
    /// <summary>The device has told no endpoint.</summary>
    public const string EndpointMissing = "endpoint-missing";

    /// <summary>The endpoint is longer than the data model's 256 characters.</summary>
    public const string EndpointTooLong = "endpoint-too-long";

    /// <summary>
    /// The endpoint has no one meaning: not absolute, a fragment, an IPv6 zone, a decimal, octal or hexadecimal host, IPv4 inside IPv6,
    /// white space, or characters outside visible ASCII.
    /// </summary>
    public const string EndpointUnreadable = "endpoint-unreadable";

    /// <summary>Another scheme than http or https, or http where the operator wants https.</summary>
    public const string EndpointScheme = "endpoint-scheme";

    /// <summary>User or password before the host.</summary>
    public const string EndpointUserInfo = "endpoint-userinfo";

    /// <summary>A name instead of an address, where the operator has not allowed names.</summary>
    public const string EndpointHostName = "endpoint-host-name";

    /// <summary>Loopback, and no access network lies on loopback.</summary>
    public const string EndpointLoopback = "endpoint-loopback";

    /// <summary>Link-local, and no access network is link-local; or a cloud's metadata service.</summary>
    public const string EndpointLinkLocal = "endpoint-link-local";

    /// <summary>Unspecified, multicast, broadcast or reserved: no one device's.</summary>
    public const string EndpointNotUnicast = "endpoint-not-unicast";

    /// <summary>An IPv6 address that carries an IPv4 one (NAT64, 6to4, Teredo, translated): it would reach another host than it names.</summary>
    public const string EndpointEmbeddedAddress = "endpoint-embedded-address";

    /// <summary>An address of the operator's management networks.</summary>
    public const string EndpointManagementNetwork = "endpoint-management-network";

    /// <summary>Neither the address that the device came from nor within the access networks.</summary>
    public const string EndpointForeignAddress = "endpoint-foreign-address";

    /// <summary>A port that is not allowed.</summary>
    public const string EndpointPort = "endpoint-port";

    /// <summary>A path that is not allowed.</summary>
    public const string EndpointPath = "endpoint-path";

    /// <summary>A TR-064 or UPnP endpoint: what answers there takes orders from anybody.</summary>
    public const string Tr064EndpointReuse = "tr064-endpoint-reuse";

    /// <summary>The endpoint of another device that was seen at this very address, by a device that was not.</summary>
    public const string EndpointOfAnotherDevice = "endpoint-of-another-device";

    /// <summary>Another device has since announced this endpoint; this one's next Inform says where it is now.</summary>
    public const string EndpointSuperseded = "endpoint-superseded";
}
