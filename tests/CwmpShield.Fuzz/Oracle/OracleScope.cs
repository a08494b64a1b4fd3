using CwmpShield.Core.Wire;

namespace CwmpShield.Fuzz.Oracle;

/// <summary>The namespace declarations in force, innermost last.</summary>
internal sealed class OracleScope
{
    // Real messages declare five. The bound keeps the search below cheap.
    private const int MaxNamespaces = 64;

    private readonly List<(string Prefix, string Uri)> bindings = [];
    private readonly List<string> declared = [];

    /// <summary>Declarations in force; the mark to go back to when an element ends.</summary>
    public int Count => bindings.Count;

    /// <summary>Changes whenever a prefix may have come to mean something else.</summary>
    public int Version { get; private set; }

    /// <summary>Every namespace that was declared, each once.</summary>
    public string[] Declared => declared.ToArray();

    /// <summary>Declares <paramref name="prefix"/> (empty: the default namespace); false where Namespaces in XML forbids it, or beyond 64.</summary>
    public bool TryDeclare(string prefix, string uri)
    {
        if (prefix is "xmlns" || uri == SoapNames.XmlNamespaces || (prefix == "xml") != (uri == SoapNames.Xml) || (prefix.Length > 0 && uri.Length == 0))
        {
            return false;
        }

        Version++;
        bindings.Add((prefix, Known(uri)));
        return bindings.Count <= MaxNamespaces && declared.Count <= MaxNamespaces;
    }

    /// <summary>Forgets the declarations behind <paramref name="mark"/>.</summary>
    public void Leave(int mark)
    {
        if (mark < bindings.Count)
        {
            Version++;
            bindings.RemoveRange(mark, bindings.Count - mark);
        }
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        Version++;
        bindings.Clear();
        declared.Clear();
    }

    /// <summary>The namespace of <paramref name="prefix"/>, empty when it is not declared.</summary>
    public string Resolve(ReadOnlySpan<char> prefix)
    {
        for (var i = bindings.Count - 1; i >= 0; i--)
        {
            if (prefix.SequenceEqual(bindings[i].Prefix))
            {
                return bindings[i].Uri;
            }
        }

        return prefix is "xml" ? SoapNames.Xml : "";
    }

    private string Known(string uri)
    {
        foreach (var known in declared)
        {
            if (string.Equals(known, uri, StringComparison.Ordinal))
            {
                return known;
            }
        }

        if (uri.Length > 0)
        {
            declared.Add(uri);
        }

        return uri;
    }
}
