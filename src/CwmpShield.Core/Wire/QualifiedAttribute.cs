namespace CwmpShield.Core.Wire;

/// <summary>What an attribute means under the declarations in force.</summary>
internal readonly record struct QualifiedAttribute(string LocalName, string Namespace, string Value, string ValueNamespace)
{
    /// <summary>Resolves the prefixes of an attribute, and of its value where that is a qualified name (xsi:type, arrayType).</summary>
    public static QualifiedAttribute Resolve(XmlName name, string value, NamespaceScope scope)
    {
        var uri = name.Prefix.Length == 0 ? "" : scope.Resolve(name);
        var home = name.LocalName switch { "type" => SoapNames.Instance, "arrayType" => SoapNames.Encoding, _ => "" };
        if (home.Length == 0 || name.Prefix.Length == 0 || (uri.Length > 0 && uri != home))
        {
            return new QualifiedAttribute(name.LocalName, uri, value, "");
        }

        // The value is a qualified name. Under a prefix that is not declared, the attribute means what it always means.
        var colon = value.IndexOf(':', StringComparison.Ordinal);
        var valueUri = scope.Resolve(value.AsSpan(0, Math.Max(colon, 0)).Trim());
        return new QualifiedAttribute(name.LocalName, home, valueUri.Length == 0 ? value[(colon + 1)..] : value, valueUri);
    }

    /// <summary>Whether <paramref name="attribute"/> says the same.</summary>
    public bool Is(SoapAttribute attribute) =>
        attribute.LocalName == LocalName && attribute.Namespace == Namespace && attribute.Value == Value && attribute.ValueNamespace == ValueNamespace;

    public SoapAttribute ToAttribute() => new(LocalName, Namespace, Value, ValueNamespace);
}
