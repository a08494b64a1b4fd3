using System.Xml;
using CwmpShield.Core.Wire;

namespace CwmpShield.Fuzz.Oracle;

/// <summary>A qualified name, taken apart.</summary>
/// <param name="Prefix">Empty when none.</param>
/// <param name="LocalName">Empty when the name is none that Namespaces in XML allows.</param>
internal readonly record struct OracleName(string Prefix, string LocalName);

/// <summary>The names of elements and attributes, each kept once and taken apart once.</summary>
internal sealed class OracleNames
{
    private readonly Dictionary<string, OracleName> names = new(ReferenceEqualityComparer.Instance);

    /// <summary>The table that the parser shares.</summary>
    public NameTable Table { get; } = new();

    /// <summary>Characters of all names that were taken apart.</summary>
    public int Characters { get; private set; }

    /// <summary>Takes a name of <see cref="Table"/> apart.</summary>
    public OracleName Split(string name)
    {
        if (!names.TryGetValue(name, out var split))
        {
            split = Parse(name);
            names.Add(name, split);
            Characters += name.Length;
        }

        return split;
    }

    private static OracleName Parse(string name)
    {
        var colon = name.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
        {
            return new OracleName("", name);
        }

        var local = name[(colon + 1)..];
        var proper = colon > 0 && local.Length > 0 && !local.Contains(':', StringComparison.Ordinal) && XmlConvert.IsStartNCNameChar(local[0]);
        return new OracleName(name[..colon], proper ? local : "");
    }
}
