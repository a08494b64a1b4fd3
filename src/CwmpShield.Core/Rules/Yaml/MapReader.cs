using System.Globalization;

namespace CwmpShield.Core.Rules.Yaml;

/// <summary>Takes the keys of a map one by one, says what is wrong with each, and at the end names the keys that nobody asked for.</summary>
internal sealed class MapReader
{
    private readonly YamlMap map;
    private readonly HashSet<string> known = new(StringComparer.Ordinal);

    private MapReader(YamlMap map, DiagnosticBag bag)
    {
        this.map = map;
        Bag = bag;
    }

    /// <summary>Where problems go.</summary>
    public DiagnosticBag Bag { get; }

    /// <summary>The map, for the place of problems.</summary>
    public YamlMap Node => map;

    /// <summary>A reader over <paramref name="node"/>, or null with a problem when it is no map.</summary>
    public static MapReader? Over(YamlNode node, DiagnosticBag bag, string what)
    {
        if (node is YamlMap map)
        {
            return new MapReader(map, bag);
        }

        bag.Add(node, DiagnosticCode.WrongKind, $"{what} must be a map of keys, not {node.Kind}");
        return null;
    }

    /// <summary>The node under <paramref name="key"/>, or null.</summary>
    public YamlNode? Take(string key)
    {
        known.Add(key);
        return map.Find(key);
    }

    /// <summary>Whether the key is there.</summary>
    public bool Has(string key) => Take(key) is not null;

    /// <summary>The node under <paramref name="key"/>; a problem when it is missing.</summary>
    public YamlNode? Require(string key, string what)
    {
        var node = Take(key);
        if (node is null)
        {
            Bag.Add(map, DiagnosticCode.MissingKey, $"{what} needs the key \"{key}\"");
        }

        return node;
    }

    /// <summary>A text, or null.</summary>
    public string? Text(string key) => Take(key) is { } node ? TextOf(node, key) : null;

    /// <summary>A text that may not be missing; empty when it is.</summary>
    public string RequireText(string key, string what) => Require(key, what) is { } node ? TextOf(node, key) ?? "" : "";

    /// <summary>One text or a list of texts, with their places; empty when absent.</summary>
    public IReadOnlyList<YamlText> Texts(string key) => Take(key) is { } node ? TextsOf(node, key, Bag) : [];

    /// <summary>True or false, or null when absent.</summary>
    public bool? Flag(string key)
    {
        if (Take(key) is not { } node)
        {
            return null;
        }

        if (node is YamlText { Value: "true" or "false" } text)
        {
            return text.Value is "true";
        }

        Bag.Add(node, DiagnosticCode.WrongKind, $"\"{key}\" must be true or false");
        return null;
    }

    /// <summary>A whole number within bounds, or null when absent.</summary>
    public long? Number(string key, long min, long max)
    {
        if (Take(key) is not { } node)
        {
            return null;
        }

        if (node is not YamlText text || !long.TryParse(text.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            Bag.Add(node, DiagnosticCode.WrongKind, $"\"{key}\" must be a whole number");
            return null;
        }

        if (number < min || number > max)
        {
            Bag.Add(node, DiagnosticCode.OutOfRange, $"\"{key}\" must be between {min} and {max}");
            return null;
        }

        return number;
    }

    /// <summary>One of <paramref name="words"/>, or null.</summary>
    public string? Word(string key, params string[] words) => Take(key) is { } node ? WordOf(node, key, words) : null;

    /// <summary>The text if it is one of <paramref name="words"/>, or null with a problem.</summary>
    public string? WordOf(YamlNode node, string key, IReadOnlyCollection<string> words)
    {
        if (TextOf(node, key) is not { } text)
        {
            return null;
        }

        if (words.Contains(text, StringComparer.Ordinal))
        {
            return text;
        }

        var near = Words.DidYouMean(text, words);
        Bag.Add(node, DiagnosticCode.UnknownWord, $"\"{text}\" is no word for \"{key}\"", near.Length > 0 ? near : $"one of: {string.Join(", ", words)}");
        return null;
    }

    /// <summary>Reports every key that was not asked for.</summary>
    public void Done()
    {
        foreach (var (key, _) in map.Entries)
        {
            if (!known.Contains(key.Value))
            {
                var near = Words.DidYouMean(key.Value, known);
                Bag.Add(key, DiagnosticCode.UnknownKey, $"unknown key \"{key.Value}\"", near.Length > 0 ? near : $"known here: {string.Join(", ", known.Order(StringComparer.Ordinal))}");
            }
        }
    }

    /// <summary>One text or a list of texts.</summary>
    public static IReadOnlyList<YamlText> TextsOf(YamlNode node, string key, DiagnosticBag bag)
    {
        List<YamlText> texts = [];
        foreach (var item in node is YamlList list ? list.Items : [node])
        {
            if (item is YamlText { IsNull: false } text)
            {
                texts.Add(text);
            }
            else
            {
                bag.Add(item, DiagnosticCode.WrongKind, $"\"{key}\" must be a text or a list of texts, not {item.Kind}");
            }
        }

        return texts;
    }

    private string? TextOf(YamlNode node, string key)
    {
        if (node is YamlText { IsNull: false } text)
        {
            return text.Value;
        }

        Bag.Add(node, DiagnosticCode.WrongKind, $"\"{key}\" must be a text, not {node.Kind}");
        return null;
    }
}
