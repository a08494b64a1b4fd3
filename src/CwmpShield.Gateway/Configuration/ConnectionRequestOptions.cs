namespace CwmpShield.Gateway.Configuration;

/// <summary>The broker of connection requests: the one door from ACS to device. Off while <see cref="PublicUrl"/> is empty.</summary>
public sealed record ConnectionRequestOptions
{
    /// <summary>
    /// What an ACS is told in place of a device's URL, up to and including a last slash: <c>http://broker.example.net:7549/</c>. Empty:
    /// there is no broker, and no message is rewritten.
    /// </summary>
    public string PublicUrl { get; init; } = "";

    /// <summary>Address to bind. The default value is 127.0.0.1.</summary>
    public string Address { get; init; } = "127.0.0.1";

    /// <summary>Port, 0 for any free one. The default value is 7549.</summary>
    public int Port { get; init; } = 7549;

    /// <summary>Addresses and networks (CIDR) of the ACSs; everybody else is hung up on. At least one.</summary>
    public IReadOnlyList<string> AcsNetworks { get; init; } = [];

    /// <summary>Server certificate; none: plain HTTP, which is what common ACSs dial.</summary>
    public CertificateOptions Certificate { get; init; } = new();

    /// <summary>PEM bundle of the authorities whose client certificates an ACS must show; empty: none is asked for.</summary>
    public string ClientCaPath { get; init; } = "";

    /// <summary>
    /// Whether an ACS must show the device's own connection-request credentials. The default value is true; false needs
    /// <see cref="ClientCaPath"/>.
    /// </summary>
    public bool RequireDeviceLogin { get; init; } = true;

    /// <summary>Whether an ACS may send those credentials by Basic without TLS. The default value is false.</summary>
    public bool AllowBasicWithoutTls { get; init; }

    /// <summary>Digest algorithm of the challenge to ACSs. The default value is digest-md5; MD5-sess and SHA-256 answers are taken as offered.</summary>
    public HttpChallenge Challenge { get; init; } = HttpChallenge.DigestMd5;

    /// <summary>Where devices may be called.</summary>
    public EndpointOptions Endpoints { get; init; } = new();

    /// <summary>How they are called.</summary>
    public DeviceCallOptions Calls { get; init; } = new();

    /// <summary>How often.</summary>
    public ConnectionRequestLimits Limits { get; init; } = new();

    /// <summary>Connection requests over UDP, and STUN.</summary>
    public UdpRequestOptions Udp { get; init; } = new();

    /// <summary>Whether there is a broker.</summary>
    internal bool IsOn => PublicUrl.Length > 0;
}

/// <summary>Which endpoints devices may announce.</summary>
public sealed record EndpointOptions
{
    /// <summary>Networks where devices are, besides the address that each comes from. Loopback and link-local only by a network inside them.</summary>
    public IReadOnlyList<string> AccessNetworks { get; init; } = [];

    /// <summary>Networks where no device is, whatever it says and wherever it comes from.</summary>
    public IReadOnlyList<string> ManagementNetworks { get; init; } = [];

    /// <summary>Ports that may be called, as <c>7547</c> or <c>1024-65535</c>. Empty, the default: 80, 443 and 1024–65535.</summary>
    public IReadOnlyList<string> Ports { get; init; } = [];

    /// <summary>Paths that may be called begin with one of these. Empty, the default: every path.</summary>
    public IReadOnlyList<string> Paths { get; init; } = [];

    /// <summary>Ports of TR-064 and UPnP. Empty, the default: 1900, 5000, 5431, 5555, 37215, 49000, 49152 and 52869.</summary>
    public IReadOnlyList<string> Tr064Ports { get; init; } = [];

    /// <summary>Path segments of TR-064 and UPnP: <c>/UD/</c> is one anywhere, <c>/tr064</c> one that begins so. Empty, the default: the known ones.</summary>
    public IReadOnlyList<string> Tr064Paths { get; init; } = [];

    /// <summary>Whether http is called, or https alone. The default value is true.</summary>
    public bool AllowHttp { get; init; } = true;

    /// <summary>Whether host names are taken; all their addresses must then be in <see cref="AccessNetworks"/> at each call. The default value is false.</summary>
    public bool AllowNames { get; init; }
}

/// <summary>How the gateway calls a device.</summary>
public sealed record DeviceCallOptions
{
    /// <summary>Time for the TCP connection. The default value is 2 seconds.</summary>
    public TimeSpan ConnectTime { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Time for the whole call, names and both rounds of Digest included. The default value is 5 seconds.</summary>
    public TimeSpan TotalTime { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Bytes of one answer of a device. The default value is 16 KiB.</summary>
    public int MaxAnswerBytes { get; init; } = 16 << 10;

    /// <summary>Whether a device that asks for Basic gets its password in clear. The default value is only inside TLS.</summary>
    public BasicToDevices Basic { get; init; } = BasicToDevices.OverTls;

    /// <summary>PEM bundle that https devices' certificates must come from; empty: any certificate, which encrypts and proves nothing.</summary>
    public string DeviceCaPath { get; init; } = "";
}

/// <summary>When a device gets its connection-request password by Basic.</summary>
public enum BasicToDevices
{
    /// <summary>Never.</summary>
    Never = 0,

    /// <summary>Inside TLS.</summary>
    OverTls,

    /// <summary>Always: who listens on the way has the password.</summary>
    Always,
}

/// <summary>How often devices are called.</summary>
public sealed record ConnectionRequestLimits
{
    /// <summary>Calls of one device a minute. The default value is 6.</summary>
    public int PerDevicePerMinute { get; init; } = 6;

    /// <summary>Requests of one ACS address a second, refused ones and challenges included. The default value is 5,000.</summary>
    public int PerAcsPerSecond { get; init; } = 5000;

    /// <summary>Calls of the whole fleet a second. The default value is 2,000.</summary>
    public int FleetPerSecond { get; init; } = 2000;

    /// <summary>Calls in progress at one time. The default value is 4,096.</summary>
    public int MaxCalls { get; init; } = 4096;

    /// <summary>Requests for a device that was just called successfully get that call's answer. The default value is 5 seconds; 0 joins calls in progress only.</summary>
    public TimeSpan CoalesceTime { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long an Inform may take after a call before the device has not answered. The default value is 60 seconds.</summary>
    public TimeSpan AnswerTime { get; init; } = TimeSpan.FromSeconds(60);
}
