namespace CwmpShield.Gateway.Configuration;

/// <summary>The <c>Mirror</c> section: artefacts are fetched once, verified, and served to devices by the gateway itself.</summary>
public sealed record MirrorOptions
{
    /// <summary>Folder of the verified files; empty for no mirror. The default value is empty.</summary>
    public string Path { get; init; } = "";

    /// <summary>Bytes that files may take in <see cref="Path"/>; the least recently ordered make room. The default value is 20 GiB.</summary>
    public long MaxBytes { get; init; } = 20L << 30;

    /// <summary>What URLs given to devices begin with, e.g. <c>https://firmware.example.net:7443/</c>.</summary>
    public string PublicUrl { get; init; } = "";

    /// <summary>Models that are given URLs of another scheme or host.</summary>
    public IReadOnlyList<MirrorModelOptions> Models { get; init; } = [];

    /// <summary>Where devices fetch. At least one where there is a mirror.</summary>
    public IReadOnlyList<MirrorListenerOptions> Listeners { get; init; } = [];

    /// <summary>Where the gateway fetches. At least one where there is a mirror.</summary>
    public IReadOnlyList<MirrorOriginOptions> Origins { get; init; } = [];

    /// <summary>Hosts whose URLs go to devices unchanged; what they serve is recorded as <c>bytes-unverified</c>.</summary>
    public IReadOnlyList<string> Direct { get; init; } = [];

    /// <summary>Bounds on fetching.</summary>
    public MirrorFetchOptions Fetch { get; init; } = new();

    /// <summary>How long a URL is good after the order's delay, or after the end of its last window. The default value is 1 day.</summary>
    public TimeSpan LinkMargin { get; init; } = TimeSpan.FromDays(1);

    /// <summary>The longest delay or window end of an order; a later one is refused. The default value is 14 days.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromDays(14);

    /// <summary>Whether there is a mirror.</summary>
    internal bool IsOn => Path.Length > 0;
}

/// <summary>A model that is given other URLs.</summary>
public sealed record MirrorModelOptions
{
    /// <summary>OUI; empty for any.</summary>
    public string Oui { get; init; } = "";

    /// <summary>Product class; empty for any.</summary>
    public string ProductClass { get; init; } = "";

    /// <summary>What its URLs begin with.</summary>
    public string PublicUrl { get; init; } = "";
}

/// <summary>One door where devices fetch.</summary>
public sealed record MirrorListenerOptions
{
    /// <summary>Name in logs, metrics and errors; unique among all listeners. The default value is <c>mirror-N</c>.</summary>
    public string Name { get; init; } = "";

    /// <summary>Address to bind. The default value is 127.0.0.1.</summary>
    public string Address { get; init; } = "127.0.0.1";

    /// <summary>Port, 0 for any free one. The default value is 7443.</summary>
    public int Port { get; init; } = 7443;

    /// <summary>Serve plain HTTP. The default value is false.</summary>
    public bool AllowPlaintext { get; init; }

    /// <summary>Server certificate; required unless <see cref="AllowPlaintext"/>.</summary>
    public CertificateOptions Certificate { get; init; } = new();

    /// <summary>Protocol versions and suites. The default value is modern.</summary>
    public TlsProfile TlsProfile { get; init; } = TlsProfile.Modern;

    /// <summary>Whether a PROXY header must come before TLS. The default value is false.</summary>
    public bool ProxyProtocol { get; init; }

    /// <summary>Addresses and networks (CIDR) that may send a PROXY header.</summary>
    public IReadOnlyList<string> TrustedProxies { get; init; } = [];

    /// <summary>How a device is asked for an order's one-time user and password. The default value is digest-md5.</summary>
    public HttpChallenge Challenge { get; init; } = HttpChallenge.DigestMd5;

    /// <summary>Connections on the listener. The default value is 2,000.</summary>
    public int MaxConnections { get; init; } = 2000;

    /// <summary>Connections of one address (IPv6: one /64). The default value is 64.</summary>
    public int MaxConnectionsPerAddress { get; init; } = 64;

    /// <summary>Slowest transfer in bytes a second after a grace of 10 seconds. The default value is 256.</summary>
    public int MinBytesPerSecond { get; init; } = 256;

    /// <summary>Time for one request, its answer included. The default value is 4 hours.</summary>
    public TimeSpan TransferTime { get; init; } = TimeSpan.FromHours(4);

    /// <summary>The listener as the doors know it.</summary>
    internal ListenerOptions ToListener() => new()
    {
        Name = Name,
        Address = Address,
        Port = Port,
        AllowPlaintext = AllowPlaintext,
        Certificate = Certificate,
        ClientCertificates = ClientCertificatePolicy.None,
        TlsProfile = TlsProfile,
        ProxyProtocol = ProxyProtocol,
        TrustedProxies = TrustedProxies,
        Limits = new ListenerLimits
        {
            MaxConnections = MaxConnections,
            MaxConnectionsPerAddress = MaxConnectionsPerAddress,
            MinBytesPerSecond = MinBytesPerSecond,
            RequestTime = TransferTime,
        },
    };
}

/// <summary>One place where artefacts are fetched from. Nothing else is ever connected to.</summary>
public sealed record MirrorOriginOptions
{
    /// <summary>What the URLs of its artefacts begin with, e.g. <c>https://files.vendor.example/hgw/</c>; ends with a slash.</summary>
    public string Url { get; init; } = "";

    /// <summary>Folder that holds them in place of an https server; empty for https. The default value is empty.</summary>
    public string Folder { get; init; } = "";

    /// <summary>User in place of the order's own; empty sends the order's. The default value is empty.</summary>
    public string User { get; init; } = "";

    /// <summary>File whose first line is the password of <see cref="User"/>.</summary>
    public string PasswordFile { get; init; } = "";

    /// <summary>What the server may redirect to, as URLs begin. The default value is nothing.</summary>
    public IReadOnlyList<string> AllowedRedirects { get; init; } = [];

    /// <summary>How the server proves itself: the system's store never counts.</summary>
    public AcsTlsOptions Tls { get; init; } = new();
}

/// <summary>What a fetch may cost.</summary>
public sealed record MirrorFetchOptions
{
    /// <summary>Fetches at one time. The default value is 2.</summary>
    public int MaxFetches { get; init; } = 2;

    /// <summary>Time for one fetch. The default value is 30 minutes.</summary>
    public TimeSpan MaxTime { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Time to connect. The default value is 5 seconds.</summary>
    public TimeSpan ConnectTime { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Time until an answer begins. The default value is 30 seconds.</summary>
    public TimeSpan AnswerTime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Slowest origin in bytes a second, over 30 seconds. The default value is 16 KiB.</summary>
    public int MinBytesPerSecond { get; init; } = 16 << 10;

    /// <summary>Fastest fetch in bytes a second; 0 for as fast as it goes. The default value is 0.</summary>
    public long MaxBytesPerSecond { get; init; }

    /// <summary>Pause after a failed fetch, doubled by each failure up to 64 times. The default value is 30 seconds.</summary>
    public TimeSpan RetryPause { get; init; } = TimeSpan.FromSeconds(30);
}
