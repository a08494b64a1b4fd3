namespace CwmpShield.Gateway.Forwarding;

/// <summary>Stable words for what can go wrong between the gateway and the ACS.</summary>
public static class ForwardingReason
{
    /// <summary>No destination of the cluster is there, or none is healthy.</summary>
    public const string AcsNoDestination = "acs-no-destination";

    /// <summary>The ACS could not be reached or did not answer in time; <c>cwmpshield.upstream.errors</c> says which.</summary>
    public const string AcsUnavailable = "acs-unavailable";

    /// <summary>The ACS did not accept a connection, or not in time.</summary>
    public const string AcsConnectFailed = "acs-connect-failed";

    /// <summary>The ACS's certificate is not the configured one, or TLS failed otherwise.</summary>
    public const string AcsTlsFailed = "acs-tls-failed";

    /// <summary>The ACS closed the connection when a message might have reached it; the message is not sent again.</summary>
    public const string AcsClosed = "acs-closed";

    /// <summary>The ACS did not answer in time.</summary>
    public const string AcsTimeout = "acs-timeout";

    /// <summary>The ACS's answer is not HTTP.</summary>
    public const string AcsNotHttp = "acs-not-http";

    /// <summary>The ACS's answer ended before its announced length.</summary>
    public const string AcsTruncated = "acs-truncated";

    /// <summary>The ACS refused the gateway's log-in (401, 403 or 407).</summary>
    public const string AcsUnauthorized = "acs-unauthorized";

    /// <summary>The ACS wants the device's own log-in, and the registry has no secret that can answer: none at all, or one kept as a hash.</summary>
    public const string AcsCredentialUnknown = "acs-credential-unknown";

    /// <summary>The ACS answered with another status than 200 or 204, e.g. while it holds an older session of the device.</summary>
    public const string AcsStatus = "acs-status";

    /// <summary>The ACS redirects to a target that is not in the configured list.</summary>
    public const string AcsRedirectRefused = "acs-redirect-refused";

    /// <summary>The ACS's answer is no message, and has no cwmp:ID that a fault could name.</summary>
    public const string AcsUnreadable = "acs-unreadable";

    /// <summary>More refusal loops than the process may have at a time.</summary>
    public const string RefusalCapacity = "refusal-capacity";

    /// <summary>An ACS was still giving orders when the rounds or the time for refusing them ended.</summary>
    public const string RefusalAbandoned = "refusal-abandoned";

    /// <summary>The gateway failed on the answer: an error of its own.</summary>
    public const string GatewayError = "gateway-error";

    /// <summary>An order came for a device that has gone.</summary>
    public const string DeviceGone = "device-gone";
}
