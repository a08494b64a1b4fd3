using System.Xml;

namespace CwmpShield.Core.Wire;

/// <summary>A qualified name, taken apart.</summary>
/// <param name="Prefix">Empty when none.</param>
/// <param name="LocalName">Empty when the name is none that Namespaces in XML allows.</param>
internal readonly record struct XmlName(string Prefix, string LocalName);

/// <summary>
/// The names of elements and attributes, each kept once. A device speaks the same hundred names in every message, so tables are
/// lent from message to message; one that a stranger has filled is thrown away.
/// </summary>
internal sealed class XmlNames
{
    private const int MaxKeptCharacters = 32_768;

    [ThreadStatic]
    private static XmlNames? s_spare;

    private readonly Dictionary<string, XmlName> _names = new(ReferenceEqualityComparer.Instance);
    private int _characters;

    /// <summary>The table that the parser shares.</summary>
    public NameTable Table { get; } = new();

    /// <summary>Takes this thread's table, or a new one.</summary>
    public static XmlNames Rent()
    {
        var names = s_spare ?? new XmlNames();
        s_spare = null;
        return names;
    }

    /// <summary>Gives the table back after a message that could be read.</summary>
    public void Return()
    {
        if (_characters <= MaxKeptCharacters)
        {
            s_spare = this;
        }
    }

    /// <summary>Takes a name of <see cref="Table"/> apart.</summary>
    public XmlName Split(string name)
    {
        if (!_names.TryGetValue(name, out var split))
        {
            split = Parse(name);
            _names.Add(name, split);
            _characters += name.Length;
        }

        return split;
    }

    private static XmlName Parse(string name)
    {
        var colon = name.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
        {
            return new XmlName("", name);
        }

        var local = name[(colon + 1)..];
        var proper = colon > 0 && local.Length > 0 && !local.Contains(':', StringComparison.Ordinal) && XmlConvert.IsStartNCNameChar(local[0]);
        return new XmlName(name[..colon], proper ? local : "");
    }
}
