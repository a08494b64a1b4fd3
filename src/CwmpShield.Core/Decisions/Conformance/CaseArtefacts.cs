using CwmpShield.Core.Firmware;
using CwmpShield.Core.Firmware.Reading;
using CwmpShield.Core.Firmware.Urls;
using CwmpShield.Core.Rules;
using CwmpShield.Core.Rules.Yaml;

namespace CwmpShield.Core.Decisions.Conformance;

/// <summary>Reads what vouches for files in a conformance file or a case: <c>artefacts: { manifest: FILE, withdrawn: {…}, keys: {…} }</c>.</summary>
/// <param name="directory">Where manifests stand.</param>
/// <param name="bag">Where problems go.</param>
internal sealed class CaseArtefacts(string directory, DiagnosticBag bag)
{
    private const string NoManifest = "none";

    private readonly Dictionary<string, SignedManifest?> manifests = new(StringComparer.Ordinal);

    /// <summary>What vouches; null when nothing is said. A manifest of a case counts as signed; <c>none</c> says that one is configured, but not in force.</summary>
    public ArtefactTrust? Read(YamlNode? node)
    {
        if (node is null || MapReader.Over(node, bag, "\"artefacts\"") is not { } map)
        {
            return null;
        }

        var name = map.Text("manifest");
        var policy = new ArtefactPolicy
        {
            RequiresManifest = name is not null,
            TakesListed = map.Flag("take-listed") ?? false,
            RequiresFileSignature = map.Flag("require-file-signature") ?? false,
            RequiresSignedPackage = map.Flag("require-signed-package") ?? false,
        };
        var keys = Pairs(map, "keys").Select(p => UrlKey.Read(p.Key, p.Value)).OfType<UrlKey>().ToList();
        var withdrawn = Pairs(map, "withdrawn").ToDictionary(StringComparer.Ordinal);
        map.Done();
        return new ArtefactTrust(policy, name is null or NoManifest ? null : Manifest(name, map.Take("manifest")!), keys, withdrawn);
    }

    private static IEnumerable<KeyValuePair<string, string>> Pairs(MapReader parent, string key) =>
        parent.Take(key) is { } node && MapReader.Over(node, parent.Bag, $"\"{key}\"") is not null ? CaseParameters.Pairs(parent, key) : [];

    private SignedManifest? Manifest(string name, YamlNode at)
    {
        if (manifests.TryGetValue(name, out var known))
        {
            return known;
        }

        var path = Path.Combine(directory, Path.GetFileName(name));
        var read = File.Exists(path) ? ManifestReader.Read(name, File.ReadAllBytes(path)) : null;
        if (read?.Manifest is null)
        {
            bag.Add(at, DiagnosticCode.Unreadable, read is null ? $"there is no manifest {name} beside the cases" : read.Problems[0].ToString());
        }

        return manifests[name] = read?.Manifest is { } manifest ? new SignedManifest(manifest, ["case"], DateTimeOffset.MaxValue, "") : null;
    }
}
