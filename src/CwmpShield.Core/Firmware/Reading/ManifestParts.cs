using System.Collections.Immutable;
using CwmpShield.Core.DataModel.Values;

namespace CwmpShield.Core.Firmware.Reading;

/// <summary>Reads <c>models</c>.</summary>
internal static class ModelReader
{
    private const int OuiLength = 6;

    /// <summary>The models; at least one.</summary>
    public static ImmutableArray<ArtefactModel> Read(JsonMapReader parent, JsonPlace place)
    {
        var models = ImmutableArray.CreateBuilder<ArtefactModel>();
        foreach (var node in parent.List("models", 64, required: true))
        {
            if (JsonMapReader.Over(node, place, "a model") is not { } map)
            {
                continue;
            }

            var oui = map.Text("oui", OuiLength, required: true);
            if (oui.Length > 0 && (oui.Length != OuiLength || oui.AsSpan().ContainsAnyExcept(CharacterSets.Hex)))
            {
                map.Complain("oui", $"\"{oui}\" is no OUI", "six hexadecimal digits");
            }

            models.Add(new ArtefactModel(
                oui.ToUpperInvariant(),
                [.. map.Texts("product-classes", 64, 64).Select(t => t.Value)],
                [.. map.Texts("hardware-versions", 64, 64).Select(t => t.Value)]));
            map.Done();
        }

        return models.ToImmutable();
    }
}

/// <summary>Reads URLs and URL patterns.</summary>
internal static class UrlReader
{
    private const int MaxLength = 1024;

    /// <summary>The URLs under <paramref name="name"/>; at least one.</summary>
    public static ImmutableArray<ArtefactUrl> Read(JsonMapReader map, string name, int most, JsonPlace place) =>
        [.. map.Texts(name, most, MaxLength, required: true).Select(t => One(t, place)).OfType<ArtefactUrl>()];

    /// <summary>One URL; null with a problem.</summary>
    public static ArtefactUrl? One(JsonText text, JsonPlace place)
    {
        if (ArtefactUrl.TryParse(text.Value, out var url))
        {
            return url;
        }

        place.Add(text.Offset, $"\"{text.Value}\" is no URL that every reader takes the same way", "https://host/path; a star may stand for labels before the host, inside a step of the path, and in the query");
        return null;
    }
}

/// <summary>Reads <c>ring</c>.</summary>
internal static class RingReader
{
    private const int All = 100;

    /// <summary>The ring; null when it is no object.</summary>
    public static RolloutRing? Read(JsonNode node, JsonPlace place)
    {
        if (JsonMapReader.Over(node, place, "a ring") is not { } map)
        {
            return null;
        }

        var ring = new RolloutRing
        {
            Name = map.Text("name", 64, required: true),
            Percent = (int)map.Number("percent", 0, All),
            Groups = [.. map.Texts("groups", 32, 64).Select(t => t.Value)],
            Successes = (int)map.Number("successes", 0, int.MaxValue),
            MaxFailurePercent = (int)map.Number("max-failure-percent", 0, All, otherwise: 10),
        };
        if (ring is { Percent: 0, Groups.IsEmpty: true })
        {
            map.Complain("percent", "a ring needs \"percent\" or \"groups\"", "without either it takes no device");
        }

        map.Done();
        return ring;
    }
}
