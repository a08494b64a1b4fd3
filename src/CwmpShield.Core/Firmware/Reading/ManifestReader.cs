using System.Collections.Immutable;

namespace CwmpShield.Core.Firmware.Reading;

/// <summary>Reads the manifest: strict JSON in which every member is known, bounded, and none contradicts another. Never throws for what the document holds.</summary>
public static class ManifestReader
{
    /// <summary>Bytes of the largest manifest: 32 MiB.</summary>
    public const int MaxBytes = 32 << 20;

    /// <summary>Artefacts of the largest manifest.</summary>
    public const int MaxArtefacts = 20_000;

    private const int MaxWidePatterns = 64;
    private const int MaxSources = 256;
    private static readonly TimeSpan MaxLife = TimeSpan.FromDays(5 * 366);

    /// <summary>Reads a document, or says everything that is wrong with it.</summary>
    /// <param name="file">Its name, for problems.</param>
    /// <param name="bytes">Its bytes.</param>
    public static ManifestReadResult Read(string file, ReadOnlyMemory<byte> bytes)
    {
        var place = new JsonPlace(file, bytes);
        if (bytes.Length > MaxBytes)
        {
            place.Add(-1, $"larger than {MaxBytes >> 20} MiB");
            return new ManifestReadResult(null, place.Problems);
        }

        var manifest = new JsonTreeReader(place).Read() is { } root && JsonMapReader.Over(root, place, "a manifest") is { } map ? Read(map, place) : null;
        return new ManifestReadResult(place.Problems.Count == 0 ? manifest : null, place.Problems);
    }

    private static ArtefactManifest Read(JsonMapReader map, JsonPlace place)
    {
        if (map.Number("cwmpshield-manifest", 0, int.MaxValue) != 1)
        {
            map.Complain("cwmpshield-manifest", "a manifest has \"cwmpshield-manifest\": 1");
        }

        var issued = map.Instant("issued", required: true) ?? default;
        var expires = map.Instant("expires", required: true) ?? default;
        if (expires <= issued || expires - issued > MaxLife)
        {
            map.Complain("expires", "\"expires\" must be later than \"issued\", by five years at most");
        }

        var nodes = map.List("artefacts", MaxArtefacts);
        var artefacts = nodes.Select(n => (Node: n, Artefact: ArtefactReader.Read(n, place))).Where(p => p.Artefact is not null).ToList();
        var manifest = new ArtefactManifest
        {
            Version = map.Number("version", 1, long.MaxValue, required: true),
            Issued = issued,
            Expires = expires,
            Artefacts = [.. artefacts.Select(p => p.Artefact!)],
            Sources = [.. Sources(map, place)],
        };
        if (map.Take("artefacts") is null)
        {
            map.Complain("artefacts", "a manifest needs \"artefacts\"", "an empty list where nothing may be fetched");
        }

        Twice(artefacts!, place);
        map.Done();
        return manifest;
    }

    private static IEnumerable<UpdateSource> Sources(JsonMapReader map, JsonPlace place)
    {
        foreach (var node in map.List("sources", MaxSources))
        {
            if (JsonMapReader.Over(node, place, "a source") is not { } source)
            {
                continue;
            }

            var text = source.Text("url", 1024, required: true);
            var url = text.Length > 0 ? UrlReader.One(new JsonText(source.Take("url")!.Offset, text), place) : null;
            var models = ModelReader.Read(source, place);
            source.Done();
            if (url is not null)
            {
                yield return new UpdateSource(url, models);
            }
        }
    }

    /// <summary>No name and no URL stands for two files; few patterns leave the file name open, because each is tried on every order.</summary>
    private static void Twice(IEnumerable<(JsonNode Node, Artefact Artefact)> artefacts, JsonPlace place)
    {
        HashSet<string> names = new(StringComparer.Ordinal);
        Dictionary<string, string> urls = new(StringComparer.Ordinal);
        var wide = 0;
        foreach (var (node, artefact) in artefacts)
        {
            if (!names.Add(artefact.Name))
            {
                place.Add(node.Offset, $"artefact \"{artefact.Name}\" stands twice in the manifest");
            }

            foreach (var url in artefact.Urls)
            {
                if (!urls.TryAdd(url.IsPattern ? url.Text : url.Canonical, artefact.Name))
                {
                    place.Add(node.Offset, $"URL {url.Text} of \"{artefact.Name}\" is already that of \"{urls[url.IsPattern ? url.Text : url.Canonical]}\"");
                }

                if (url.LastStep is null && ++wide == MaxWidePatterns + 1)
                {
                    place.Add(node.Offset, $"more than {MaxWidePatterns} URL patterns leave the file name open", "put the star into another step of the path");
                }
            }
        }
    }
}
