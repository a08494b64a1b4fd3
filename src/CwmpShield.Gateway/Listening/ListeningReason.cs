namespace CwmpShield.Gateway.Listening;

/// <summary>Stable words for what is refused before a message is inspected: connections, TLS, HTTP framing, bodies.</summary>
public static class ListeningReason
{
    /// <summary>The listener has no room for another connection.</summary>
    public const string TooManyConnections = "too-many-connections";

    /// <summary>The source address has no room for another connection.</summary>
    public const string TooManyConnectionsPerAddress = "too-many-connections-per-address";

    /// <summary>The process has no room for another connection: what is left of its open files is not for strangers.</summary>
    public const string TooManyOpenFiles = "too-many-open-files";

    /// <summary>The listener has no room for another TLS handshake, and nobody holds more of them than the newcomer would.</summary>
    public const string TooManyHandshakes = "too-many-handshakes";

    /// <summary>The source address has no room for another TLS handshake.</summary>
    public const string TooManyHandshakesPerAddress = "too-many-handshakes-per-address";

    /// <summary>A newcomer of another address has taken the place of this TLS handshake: its own address held most of them.</summary>
    public const string HandshakeDisplaced = "handshake-displaced";

    /// <summary>A PROXY header is required, and the peer may not send one.</summary>
    public const string ProxyUntrusted = "proxy-untrusted";

    /// <summary>A required PROXY header is missing or ill-formed.</summary>
    public const string ProxyMalformed = "proxy-malformed";

    /// <summary>A required PROXY header did not come in time.</summary>
    public const string ProxyLate = "proxy-late";

    /// <summary>The TLS handshake failed, or did not end in time.</summary>
    public const string TlsHandshakeFailed = "tls-handshake-failed";

    /// <summary>A client certificate is required and none was shown.</summary>
    public const string CertificateMissing = "certificate-missing";

    /// <summary>The request is not HTTP/1.1 as RFC 9112 writes it.</summary>
    public const string HttpMalformed = "http-malformed";

    /// <summary>Another version than HTTP/1.1.</summary>
    public const string HttpVersion = "http-version";

    /// <summary>Content-Length beside Transfer-Encoding, or a transfer coding other than chunked.</summary>
    public const string HttpFraming = "http-framing";

    /// <summary>Too many header fields, or too many bytes of them.</summary>
    public const string HeadersTooLarge = "headers-too-large";

    /// <summary>A header that may come once came more often.</summary>
    public const string HeaderRepeated = "header-repeated";

    /// <summary>A path that carries no CWMP.</summary>
    public const string PathUnknown = "path-unknown";

    /// <summary>Another method than POST.</summary>
    public const string MethodNotAllowed = "method-not-allowed";

    /// <summary>More body bytes than the listener takes, as sent or inflated.</summary>
    public const string BodyTooLarge = "body-too-large";

    /// <summary>The body comes slower than the listener's minimum rate.</summary>
    public const string BodySlow = "body-slow";

    /// <summary>The body ended before its announced length, or its chunks cannot be read.</summary>
    public const string BodyTruncated = "body-truncated";

    /// <summary>A content coding other than gzip or deflate, or more than one.</summary>
    public const string BodyCoding = "body-coding";

    /// <summary>The body isn't what its content coding says.</summary>
    public const string BodyCodingBroken = "body-coding-broken";

    /// <summary>The body inflates beyond the ratio that the listener takes.</summary>
    public const string BodyInflateRatio = "body-inflate-ratio";

    /// <summary>The process has no room to buffer the body now.</summary>
    public const string BufferBudget = "buffer-budget";

    /// <summary>The request took longer than the listener's request time.</summary>
    public const string RequestTime = "request-time";

    /// <summary>The connection was idle, or its next request's headers were, for longer than the listener allows.</summary>
    public const string IdleTime = "idle-time";
}
