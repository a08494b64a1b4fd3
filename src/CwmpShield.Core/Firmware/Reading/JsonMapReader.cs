using System.Globalization;

namespace CwmpShield.Core.Firmware.Reading;

/// <summary>Takes the members of an object one by one, says what is wrong with each, and at the end names the members that nobody knows.</summary>
internal sealed class JsonMapReader
{
    private const string InstantForm = "yyyy-MM-ddTHH:mm:ssZ";

    private readonly JsonMap map;
    private readonly JsonPlace place;
    private readonly string what;
    private readonly HashSet<string> known = new(StringComparer.Ordinal);

    private JsonMapReader(JsonMap map, JsonPlace place, string what) => (this.map, this.place, this.what) = (map, place, what);

    /// <summary>Where the object begins.</summary>
    public long Offset => map.Offset;

    /// <summary>A reader over <paramref name="node"/>; null with a problem when it is no object.</summary>
    public static JsonMapReader? Over(JsonNode node, JsonPlace place, string what)
    {
        if (node is JsonMap map)
        {
            return new JsonMapReader(map, place, what);
        }

        place.Add(node.Offset, $"{what} must be an object, not {node.Kind}");
        return null;
    }

    /// <summary>The value of a member, or null.</summary>
    public JsonNode? Take(string name)
    {
        known.Add(name);
        foreach (var member in map.Members)
        {
            if (string.Equals(member.Name, name, StringComparison.Ordinal))
            {
                return member.Value;
            }
        }

        return null;
    }

    /// <summary>A text of at most <paramref name="max"/> characters without control characters; empty when absent or, with a problem, when it is none.</summary>
    public string Text(string name, int max, bool required = false)
    {
        if (Find(name, required) is not { } node)
        {
            return "";
        }

        return node is JsonText text ? Checked(text, name, max) : Wrong(node, $"\"{name}\" must be a text, not {node.Kind}", "");
    }

    /// <summary>Texts of a list of at most <paramref name="most"/>, each with its place; empty when absent.</summary>
    public IReadOnlyList<JsonText> Texts(string name, int most, int max, bool required = false)
    {
        List<JsonText> texts = [];
        foreach (var item in List(name, most, required))
        {
            if (item is JsonText text && Checked(text, name, max).Length > 0)
            {
                texts.Add(text);
            }
            else if (item is not JsonText { Value.Length: > 0 })
            {
                place.Add(item.Offset, $"\"{name}\" must be a list of texts that are not empty");
            }
        }

        return texts;
    }

    /// <summary>Items of a list of at most <paramref name="most"/>; empty when absent. A required list must have an item.</summary>
    public IReadOnlyList<JsonNode> List(string name, int most, bool required = false)
    {
        if (Find(name, required) is not { } node)
        {
            return [];
        }

        if (node is not JsonList list)
        {
            return Wrong<IReadOnlyList<JsonNode>>(node, $"\"{name}\" must be a list, not {node.Kind}", []);
        }

        return list.Items.Count > most ? Wrong<IReadOnlyList<JsonNode>>(node, $"\"{name}\" has {list.Items.Count} items, at most {most} are read", [])
            : required && list.Items.Count == 0 ? Wrong<IReadOnlyList<JsonNode>>(node, $"\"{name}\" must not be empty", [])
            : list.Items;
    }

    /// <summary>A whole number between bounds; <paramref name="otherwise"/> when absent, or with a problem.</summary>
    public long Number(string name, long min, long max, long otherwise = 0, bool required = false)
    {
        if (Find(name, required) is not { } node)
        {
            return otherwise;
        }

        return node is JsonNumber { Value: { } number } && number >= min && number <= max
            ? number
            : Wrong(node, string.Create(CultureInfo.InvariantCulture, $"\"{name}\" must be a whole number between {min} and {max}"), otherwise);
    }

    /// <summary>True or false; null when absent.</summary>
    public bool? Flag(string name) => Take(name) switch
    {
        null => null,
        JsonFlag { Value: { } flag } => flag,
        var node => Wrong<bool?>(node, $"\"{name}\" must be true or false, not {node.Kind}", null),
    };

    /// <summary>An instant in UTC, to the second; null when absent.</summary>
    public DateTimeOffset? Instant(string name, bool required = false)
    {
        if (Find(name, required) is not { } node)
        {
            return null;
        }

        return node is JsonText text && DateTimeOffset.TryParseExact(text.Value, InstantForm, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
            ? instant
            : Wrong<DateTimeOffset?>(node, $"\"{name}\" must be an instant such as 2026-11-26T12:00:00Z", null);
    }

    /// <summary>Notes a problem with a member's value, or with the object where it is absent.</summary>
    public void Complain(string name, string message, string hint = "") => place.Add(Take(name)?.Offset ?? map.Offset, message, hint);

    /// <summary>Reports every member that was not asked for.</summary>
    public void Done()
    {
        foreach (var member in map.Members)
        {
            if (!known.Contains(member.Name))
            {
                place.Add(member.Offset, $"unknown member \"{member.Name}\" in {what}", $"known here: {string.Join(", ", known.Order(StringComparer.Ordinal))}");
            }
        }
    }

    private JsonNode? Find(string name, bool required)
    {
        var node = Take(name);
        if (node is null && required)
        {
            place.Add(map.Offset, $"{what} needs \"{name}\"");
        }

        return node;
    }

    private string Checked(JsonText text, string name, int max) =>
        text.Value.Length > max ? Wrong(text, $"\"{name}\" is longer than {max} characters", "")
        : text.Value.Any(char.IsControl) ? Wrong(text, $"\"{name}\" holds a control character", "")
        : text.Value;

    private T Wrong<T>(JsonNode node, string message, T otherwise)
    {
        place.Add(node.Offset, message);
        return otherwise;
    }
}
