namespace CwmpShield.Gateway.Mirror;

/// <summary>Why the mirror refuses: an order to the ACS, a fetch, or a device's request for a file.</summary>
public static class MirrorReason
{
    /// <summary>Order: neither a mirror nor <c>Direct</c> is configured for its host.</summary>
    public const string NotMirrored = "artefact-not-mirrored";

    /// <summary>Order: its delay or last window ends later than URLs of the mirror may live.</summary>
    public const string DelayTooLong = "artefact-delay-too-long";

    /// <summary>Order: no URL of 256 characters can be given for it.</summary>
    public const string LinkTooLong = "artefact-link-too-long";

    /// <summary>Order event: it goes to a host that is stated as direct; nobody has verified the bytes.</summary>
    public const string BytesUnverified = "bytes-unverified";

    /// <summary>Order event: URL, user and password were replaced by the mirror's.</summary>
    public const string Mirrored = "artefact-mirrored";

    /// <summary>Fetch: no configured origin holds the artefact's URL.</summary>
    public const string OriginUnknown = "mirror-origin-unknown";

    /// <summary>Fetch: the origin cannot be reached, or broke off.</summary>
    public const string OriginDown = "mirror-origin-down";

    /// <summary>Fetch: the origin answered another status than 200 or 206.</summary>
    public const string OriginStatus = "mirror-origin-status";

    /// <summary>Fetch: the origin did not take the credential.</summary>
    public const string OriginUnauthorized = "mirror-origin-unauthorized";

    /// <summary>Fetch: the origin answered with a content coding that nobody asked for.</summary>
    public const string OriginEncoding = "mirror-origin-encoding";

    /// <summary>Fetch: the origin redirects to where it may not.</summary>
    public const string RedirectRefused = "mirror-redirect-refused";

    /// <summary>Fetch: the origin is slower than it may be.</summary>
    public const string OriginSlow = "mirror-origin-slow";

    /// <summary>Fetch: it took longer than it may.</summary>
    public const string FetchTime = "mirror-fetch-time";

    /// <summary>Fetch: the file is shorter or longer than what was signed.</summary>
    public const string SizeMismatch = "mirror-size-mismatch";

    /// <summary>Fetch: the file has another SHA-256 than what was signed.</summary>
    public const string HashMismatch = "mirror-hash-mismatch";

    /// <summary>Fetch: the disk, or the mirror's part of it, has no room.</summary>
    public const string DiskFull = "mirror-disk-full";

    /// <summary>Fetch: the artefact was withdrawn, or its manifest ended, meanwhile.</summary>
    public const string Withdrawn = "mirror-withdrawn";

    /// <summary>Fetch: the gateway failed.</summary>
    public const string FetchError = "mirror-error";

    /// <summary>Request: no such URL was ever given.</summary>
    public const string LinkUnknown = "mirror-link-unknown";

    /// <summary>Request: the URL's time is over.</summary>
    public const string LinkExpired = "mirror-link-expired";

    /// <summary>Request: the device has reported the transfer complete.</summary>
    public const string LinkUsed = "mirror-link-used";

    /// <summary>Request: four times the file's size were sent.</summary>
    public const string LinkExhausted = "mirror-link-exhausted";

    /// <summary>Request: too many transfers of one URL at one time.</summary>
    public const string LinkBusy = "mirror-link-busy";

    /// <summary>Request: another method than GET or HEAD, or one with a body.</summary>
    public const string MethodRefused = "mirror-method";

    /// <summary>Request: user and password are missing or wrong.</summary>
    public const string CredentialRefused = "mirror-credential";

    /// <summary>Request: the range lies outside the file.</summary>
    public const string RangeRefused = "mirror-range";

    /// <summary>Request: the file is not there now and is being fetched again.</summary>
    public const string FileAbsent = "mirror-file-absent";

    /// <summary>Request: the store cannot be asked.</summary>
    public const string StoreUnavailable = "mirror-store-unavailable";
}
