namespace CwmpShield.Core.ConnectionRequests.Exposure;

/// <summary>How a device wants to be logged in at.</summary>
[Flags]
public enum LoginSchemes
{
    /// <summary>Not at all.</summary>
    None = 0,

    /// <summary>Basic: the password in clear.</summary>
    Basic = 1,

    /// <summary>Digest with MD5.</summary>
    DigestMd5 = 2,

    /// <summary>Digest with SHA-256.</summary>
    DigestSha256 = 4,

    /// <summary>Anything else.</summary>
    Other = 8,
}

/// <summary>What answers beside connection requests.</summary>
[Flags]
public enum ExposedServices
{
    /// <summary>Nothing that was asked for.</summary>
    None = 0,

    /// <summary>A TR-064 description (<c>urn:dslforum-org:</c>).</summary>
    Tr064 = 1,

    /// <summary>A UPnP description (<c>urn:schemas-upnp-org:</c>).</summary>
    Upnp = 2,

    /// <summary>HNAP.</summary>
    Hnap = 4,
}

/// <summary>What a realm gives away.</summary>
public enum RealmClass
{
    /// <summary>There is none.</summary>
    None = 0,

    /// <summary>It is empty.</summary>
    Empty,

    /// <summary>The device's serial number is in it: who asks learns whom he asks.</summary>
    Serial,

    /// <summary>The model or product class is in it.</summary>
    Model,

    /// <summary>Other text.</summary>
    Other,
}
