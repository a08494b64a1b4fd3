namespace CwmpShield.Core.Wire;

/// <summary>The namespace declarations in force, innermost last.</summary>
internal sealed class NamespaceScope
{
    // Real messages declare five. The bound keeps the search below cheap.
    private const int MaxNamespaces = 64;

    private readonly List<(string Prefix, string Uri)> _bindings = [];
    private readonly List<string> _declared = [];

    /// <summary>Declarations in force; the mark to go back to when an element ends.</summary>
    public int Count => _bindings.Count;

    /// <summary>Changes whenever a prefix may have come to mean something else.</summary>
    public int Version { get; private set; }

    /// <summary>Every namespace that was declared, each once.</summary>
    public string[] Declared => _declared.ToArray();

    /// <summary>Declares <paramref name="prefix"/> (empty: the default namespace); false where Namespaces in XML forbids it, or beyond 64.</summary>
    public bool TryDeclare(string prefix, string uri)
    {
        if (prefix is "xmlns" || uri == SoapNames.XmlNamespaces || (prefix == "xml") != (uri == SoapNames.Xml) || (prefix.Length > 0 && uri.Length == 0))
        {
            return false;
        }

        Version++;
        _bindings.Add((prefix, Known(uri)));
        return _bindings.Count <= MaxNamespaces && _declared.Count <= MaxNamespaces;
    }

    /// <summary>Forgets the declarations behind <paramref name="mark"/>.</summary>
    public void Leave(int mark)
    {
        if (mark < _bindings.Count)
        {
            Version++;
            _bindings.RemoveRange(mark, _bindings.Count - mark);
        }
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        Version++;
        _bindings.Clear();
        _declared.Clear();
    }

    /// <summary>The namespace of <paramref name="prefix"/>, empty when it is not declared.</summary>
    public string Resolve(ReadOnlySpan<char> prefix)
    {
        for (var i = _bindings.Count - 1; i >= 0; i--)
        {
            if (prefix.SequenceEqual(_bindings[i].Prefix))
            {
                return _bindings[i].Uri;
            }
        }

        return prefix is "xml" ? SoapNames.Xml : "";
    }

    private string Known(string uri)
    {
        foreach (var known in _declared)
        {
            if (string.Equals(known, uri, StringComparison.Ordinal))
            {
                return known;
            }
        }

        if (uri.Length > 0)
        {
            _declared.Add(uri);
        }

        return uri;
    }
}
