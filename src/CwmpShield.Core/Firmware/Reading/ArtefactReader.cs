using System.Collections.Immutable;
using CwmpShield.Core.DataModel.Values;

namespace CwmpShield.Core.Firmware.Reading;

/// <summary>Reads one item under <c>artefacts</c>.</summary>
internal static class ArtefactReader
{
    private const int DigestLength = 64;
    private const long MaxSize = 1L << 40;

    /// <summary>The artefact; null when it is no object. What is wrong with it goes to <paramref name="place"/>.</summary>
    public static Artefact? Read(JsonNode node, JsonPlace place)
    {
        if (JsonMapReader.Over(node, place, "an artefact") is not { } map)
        {
            return null;
        }

        var types = FileTypes(map, place);
        var artefact = new Artefact
        {
            Name = Name(map),
            Version = map.Text("version", 64, required: true),
            FileTypes = types,
            Sha256 = Digest(map),
            Size = map.Number("size", 1, MaxSize, required: true),
            Models = ModelReader.Read(map, place),
            Urls = UrlReader.Read(map, "urls", 16, place),
            From = Versions(map, place),
            TargetFileNames = [.. map.Texts("target-file-names", 8, 256).Select(t => t.Value)],
            Uuid = map.Text("uuid", 64),
            IsFirmware = map.Flag("firmware") ?? Artefact.IsOfFirmware(types),
            NotBefore = map.Instant("not-before"),
            NotAfter = map.Instant("not-after"),
            Ring = map.Take("ring") is { } ring ? RingReader.Read(ring, place) : null,
            SignedBy = [.. map.Texts("signed-by", 16, 64).Select(t => t.Value)],
            IsSignedPackage = map.Flag("signed-package") ?? false,
            WithdrawnBecause = map.Take("withdrawn") is null ? null : map.Text("withdrawn", 256),
        };
        Check(artefact, map);
        map.Done();
        return artefact;
    }

    private static void Check(Artefact artefact, JsonMapReader map)
    {
        if (artefact.NotBefore >= artefact.NotAfter)
        {
            map.Complain("not-after", "\"not-after\" must be later than \"not-before\"");
        }

        if (artefact.WithdrawnBecause is { Length: 0 })
        {
            map.Complain("withdrawn", "\"withdrawn\" must say why");
        }

        if (artefact.IsSignedPackage && artefact.SignedBy.IsEmpty)
        {
            map.Complain("signed-package", "a signed package needs \"signed-by\"");
        }
    }

    private static string Name(JsonMapReader map)
    {
        var name = map.Text("name", 128, required: true);
        if (name.Length > 0 && !ArtefactNames.IsName(name))
        {
            map.Complain("name", $"\"{name}\" is no name for an artefact", "letters, digits, '.', '_', '+' and '-', beginning with a letter or digit");
        }

        return name;
    }

    private static string Digest(JsonMapReader map)
    {
        var digest = map.Text("sha256", DigestLength, required: true);
        if (digest.Length > 0 && (digest.Length != DigestLength || digest.AsSpan().ContainsAnyExcept(CharacterSets.Hex) || digest.Any(char.IsAsciiLetterUpper)))
        {
            map.Complain("sha256", "\"sha256\" must be 64 hexadecimal digits in lower case", "as sha256sum prints it");
        }

        return digest;
    }

    private static ImmutableArray<string> FileTypes(JsonMapReader map, JsonPlace place)
    {
        var types = map.Texts("file-types", 8, 64, required: true);
        foreach (var type in types)
        {
            var good = type.Value == Artefact.DeploymentUnit || char.IsAsciiDigit(type.Value[0]) || type.Value.StartsWith("X ", StringComparison.Ordinal);
            if (!good || type.Value.Contains('*', StringComparison.Ordinal))
            {
                place.Add(type.Offset, $"\"{type.Value}\" is no file type", "a number such as \"1\", a word such as \"1 Firmware Upgrade Image\" or \"X 001122 Modem\", or \"deployment-unit\"");
            }
        }

        return [.. types.Select(t => t.Value)];
    }

    private static ImmutableArray<VersionRange> Versions(JsonMapReader map, JsonPlace place)
    {
        var versions = ImmutableArray.CreateBuilder<VersionRange>();
        foreach (var text in map.Texts("from", 64, 256))
        {
            if (VersionRange.TryParse(text.Value, out var range))
            {
                versions.Add(range!);
            }
            else
            {
                place.Add(text.Offset, $"\"{text.Value}\" is no range of versions", "bounds such as \">=1.2 <2.0\", or a version");
            }
        }

        return versions.ToImmutable();
    }
}
