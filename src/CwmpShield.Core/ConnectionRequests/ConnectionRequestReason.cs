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

    /// <summary>Not a broker URL of this gateway, or of a device that is no more, or revoked.</summary>
    public const string TokenUnknown = "token-unknown";

    /// <summary>The forward proxy was asked for a URL that no device has been learned at.</summary>
    public const string TargetUnknown = "target-unknown";

    /// <summary>Another method than GET.</summary>
    public const string MethodNotAllowed = "method-not-allowed";

    /// <summary>A request with a body.</summary>
    public const string BodyRefused = "body-refused";

    /// <summary>The registry has no connection-request credentials of the device.</summary>
    public const string CredentialsUnknown = "credentials-unknown";

    /// <summary>The device may not be called: it is disabled or in quarantine.</summary>
    public const string DeviceWithdrawn = "device-withdrawn";

    /// <summary>The device has been called as often as its limit allows.</summary>
    public const string RateDevice = "rate-device";

    /// <summary>The ACS has asked as often as its limit allows.</summary>
    public const string RateAcs = "rate-acs";

    /// <summary>The fleet has been called as often as its budget allows, or too many calls are in progress.</summary>
    public const string RateFleet = "rate-fleet";

    /// <summary>The endpoint's name cannot be resolved.</summary>
    public const string NameUnresolved = "name-unresolved";

    /// <summary>The endpoint is one of the gateway's own listeners: it would call itself.</summary>
    public const string EndpointOwn = "endpoint-own";

    /// <summary>No connection to the device, or it was reset.</summary>
    public const string DeviceUnreachable = "device-unreachable";

    /// <summary>The device did not answer in time.</summary>
    public const string DeviceTimeout = "device-timeout";

    /// <summary>The device's TLS failed, or its certificate is not of the operator's authorities.</summary>
    public const string DeviceTls = "device-tls";

    /// <summary>The device itself says that it is busy (503).</summary>
    public const string DeviceBusy = "device-busy";

    /// <summary>The device refuses the credentials that the registry holds.</summary>
    public const string DeviceRefusesCredentials = "device-refuses-credentials";

    /// <summary>The device asks for a scheme or algorithm that is unknown or not allowed.</summary>
    public const string DeviceSchemeRefused = "device-scheme-refused";

    /// <summary>The device redirects: nobody follows.</summary>
    public const string DeviceRedirects = "device-redirects";

    /// <summary>What the device answers is no HTTP, or larger than allowed.</summary>
    public const string DeviceAnswerBroken = "device-answer-broken";

    /// <summary>The device answers something else than success.</summary>
    public const string DeviceAnswerOther = "device-answer-other";
}
