using CwmpShield.Core.Firmware;
using CwmpShield.Core.Firmware.Signing;
using CwmpShield.Core.Firmware.Urls;
using CwmpShield.Gateway.Configuration;

namespace CwmpShield.Gateway.Firmware;

/// <summary>Reads signers and URL keys from their files.</summary>
public static class ArtefactKeys
{
    private const int MaxKeyBytes = 64 << 10;

    /// <summary>The signers whose files are good.</summary>
    public static IReadOnlyList<PinnedSigner> Signers(ArtefactOptions options) =>
        [.. options.Signers.Select(s => ReadText(s.File) is { } pem ? PinnedSigner.Read(s.Name, pem, out _) : null).OfType<PinnedSigner>()];

    /// <summary>The URL keys whose files are good.</summary>
    public static IReadOnlyList<UrlKey> UrlKeys(ArtefactOptions options) =>
        [.. options.UrlKeys.Select(k => ReadText(k.File) is { } text && UrlKey.Read(k.Id, text) is { } key ? (k.FileTypes.Count > 0 ? key.For(k.FileTypes) : key) : null).OfType<UrlKey>()];

    /// <summary>What the options ask of artefacts.</summary>
    public static ArtefactPolicy Policy(ArtefactOptions options) => new()
    {
        RequiresManifest = options.ManifestPath.Length > 0,
        TakesListed = options.AcceptListed,
        Schemes = options.AllowHttp ? ["https", "http"] : ["https"],
        AllowsAddresses = options.AllowAddresses,
        RequiresFileSignature = options.RequireFileSignature,
        RequiresSignedPackage = options.RequireSignedPackage,
        MaxUrlLife = options.MaxUrlLife,
    };

    /// <summary>The text of a key file, null when it cannot be read or is no key file by its size.</summary>
    public static string? ReadText(string path)
    {
        try
        {
            return new FileInfo(path) is { Exists: true, Length: <= MaxKeyBytes } ? File.ReadAllText(path) : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}
