namespace CwmpShield.Gateway.Configuration;

/// <summary>What vouches for the files that devices are told to fetch. Without manifest and URL keys the list beside the rules does.</summary>
public sealed record ArtefactOptions
{
    /// <summary>The signed manifest (JSON); its signatures lie beside it. Empty for none. Looked at every 2 seconds.</summary>
    public string ManifestPath { get; init; } = "";

    /// <summary>Whose signatures count. At least one with a manifest.</summary>
    public IReadOnlyList<ArtefactSignerOptions> Signers { get; init; } = [];

    /// <summary>How many of them must have signed. The default value is 1.</summary>
    public int RequiredSignatures { get; init; } = 1;

    /// <summary>Whether the list of the rules (lists/artefacts.txt) vouches beside the manifest. The default value is false.</summary>
    public bool AcceptListed { get; init; }

    /// <summary>Whether firmware must carry a signer's signature over the file itself, too. The default value is false.</summary>
    public bool RequireFileSignature { get; init; }

    /// <summary>Whether firmware must be a package with an embedded signature (TR-069 Annex E). The default value is false.</summary>
    public bool RequireSignedPackage { get; init; }

    /// <summary>Whether http is taken beside https in what may be ordered. The default value is false.</summary>
    public bool AllowHttp { get; init; }

    /// <summary>Whether an address may stand in place of a host name. The default value is false.</summary>
    public bool AllowAddresses { get; init; }

    /// <summary>Keys whose signatures in URLs count.</summary>
    public IReadOnlyList<UrlKeyOptions> UrlKeys { get; init; } = [];

    /// <summary>How far ahead the expiry of a signed URL may lie. The default value is 7 days.</summary>
    public TimeSpan MaxUrlLife { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Whether there is anything beside the list.</summary>
    internal bool IsConfigured => ManifestPath.Length > 0 || UrlKeys.Count > 0;
}

/// <summary>Somebody whose signatures count.</summary>
public sealed record ArtefactSignerOptions
{
    /// <summary>Name, for people (kebab-case).</summary>
    public string Name { get; init; } = "";

    /// <summary>PEM with a certificate for code signing, or a bare public key (RSA of 2,048 bits and more, or ECDSA).</summary>
    public string File { get; init; } = "";
}

/// <summary>A key that signs URLs.</summary>
public sealed record UrlKeyOptions
{
    /// <summary>Id, as it stands in the URL (letters, digits, - and _; 16 at most).</summary>
    public string Id { get; init; } = "";

    /// <summary>File with a secret of 32 bytes and more (hexadecimal or base64), or a public EC key on P-256 (PEM).</summary>
    public string File { get; init; } = "";

    /// <summary>FileTypes for which the signature alone vouches. Empty takes 3 (vendor configuration file) only.</summary>
    public IReadOnlyList<string> FileTypes { get; init; } = [];
}
