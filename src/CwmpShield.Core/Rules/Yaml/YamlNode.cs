namespace CwmpShield.Core.Rules.Yaml;

/// <summary>One node of a rule file, with its place.</summary>
internal abstract record YamlNode(string File, int Line, int Column)
{
    /// <summary>What it is, for messages.</summary>
    public abstract string Kind { get; }
}

/// <summary>A scalar; <paramref name="IsPlain"/> when it was written without quotes.</summary>
internal sealed record YamlText(string File, int Line, int Column, string Value, bool IsPlain) : YamlNode(File, Line, Column)
{
    /// <inheritdoc/>
    public override string Kind => IsNull ? "nothing" : "a text";

    /// <summary>Whether nothing was written.</summary>
    public bool IsNull => IsPlain && Value is "" or "~" or "null";
}

/// <summary>A sequence.</summary>
internal sealed record YamlList(string File, int Line, int Column, IReadOnlyList<YamlNode> Items) : YamlNode(File, Line, Column)
{
    /// <inheritdoc/>
    public override string Kind => "a list";
}

/// <summary>A mapping; its keys are unique and in order.</summary>
internal sealed record YamlMap(string File, int Line, int Column, IReadOnlyList<KeyValuePair<YamlText, YamlNode>> Entries) : YamlNode(File, Line, Column)
{
    /// <inheritdoc/>
    public override string Kind => "a map";

    /// <summary>The node under <paramref name="key"/>, or null.</summary>
    public YamlNode? Find(string key)
    {
        foreach (var entry in Entries)
        {
            if (string.Equals(entry.Key.Value, key, StringComparison.Ordinal))
            {
                return entry.Value;
            }
        }

        return null;
    }
}
