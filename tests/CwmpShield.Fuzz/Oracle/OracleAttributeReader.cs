using System.Xml;
using CwmpShield.Core.Wire;

namespace CwmpShield.Fuzz.Oracle;

/// <summary>Reads the attributes of the current element, and takes namespace declarations into the workspace.Scope.</summary>
internal sealed class OracleAttributeReader(XmlTextReader xml, OracleWorkspace workspace, SoapLimits limits)
{
    private SoapAttribute[] last = [];
    private (OracleName Name, string Value, int ScopeVersion) lastKey;

    /// <summary>Reads the attributes; an error without a reason means that all is well.</summary>
    public WireError TryRead(out SoapAttribute[] attributes)
    {
        attributes = [];
        if (xml.AttributeCount > limits.MaxAttributes)
        {
            return Error(WireReason.TooManyAttributes, "An element has too many attributes.");
        }

        workspace.Pending.Clear();
        while (xml.MoveToNextAttribute())
        {
            var error = Take();
            if (error.Reason is not null)
            {
                return error;
            }
        }

        if (workspace.Pending.Count == 0)
        {
            return default;
        }

        if (workspace.Pending is [var (name, text)])
        {
            attributes = Share(name, text);
            return default;
        }

        attributes = new SoapAttribute[workspace.Pending.Count];
        for (var i = 0; i < attributes.Length; i++)
        {
            attributes[i] = Resolve(workspace.Pending[i].Name, workspace.Pending[i].Value);
            if (IsRepeated(attributes, i))
            {
                return Error(WireReason.DuplicateAttribute, "An attribute stands twice on one element.");
            }
        }

        return default;
    }

    private WireError Take()
    {
        if (xml.Name.Length > limits.MaxNameLength)
        {
            return Error(WireReason.NameTooLong, "The name of an attribute is too long.");
        }

        var name = workspace.Names.Split(xml.Name);
        if (name.LocalName.Length == 0)
        {
            return Error(WireReason.BadName, "The name of an attribute is no qualified name.");
        }

        if (xml.Value.Length > limits.MaxTextLength)
        {
            return Error(WireReason.TextTooLong, "The value of an attribute is too long.");
        }

        if (name is { Prefix: "xmlns" } or { Prefix: "", LocalName: "xmlns" })
        {
            var prefix = name.Prefix.Length > 0 ? name.LocalName : "";
            return workspace.Scope.TryDeclare(prefix, xml.Value) ? default : Error(WireReason.BadNamespace, "A namespace declaration is not allowed.");
        }

        if (name.LocalName == "id")
        {
            return default;
        }

        // By these, SOAP 1.1 section 5 lets a value stand elsewhere than where it is read.
        if (name.LocalName is "href" or "root")
        {
            return Error(WireReason.SoapMultiref, "References of the SOAP encoding are not read.");
        }

        workspace.Pending.Add((name, xml.Value));
        return default;
    }

    private SoapAttribute Resolve(OracleName name, string value)
    {
        var uri = name.Prefix.Length == 0 ? "" : workspace.Scope.Resolve(name.Prefix);
        var home = name.LocalName switch { "type" => SoapNames.Instance, "arrayType" => SoapNames.Encoding, _ => "" };
        if (home.Length == 0 || name.Prefix.Length == 0 || (uri.Length > 0 && uri != home))
        {
            return new SoapAttribute(name.LocalName, uri, value);
        }

        // The value is a qualified name. Under a prefix that is not declared, the attribute means what it always means.
        var colon = value.IndexOf(':', StringComparison.Ordinal);
        var valueUri = workspace.Scope.Resolve(value.AsSpan(0, Math.Max(colon, 0)).Trim());
        return new SoapAttribute(name.LocalName, home, valueUri.Length == 0 ? value[(colon + 1)..] : value, valueUri);
    }

    // The values of a report are mostly strings, one after the other: the same attribute need not be kept a thousand times.
    private SoapAttribute[] Share(OracleName name, string value)
    {
        var key = (name, value, workspace.Scope.Version);
        if (lastKey != key)
        {
            last = [Resolve(name, value)];
            lastKey = key;
        }

        return last;
    }

    private static bool IsRepeated(SoapAttribute[] attributes, int last)
    {
        for (var i = 0; i < last; i++)
        {
            if (attributes[i].LocalName == attributes[last].LocalName && attributes[i].Namespace == attributes[last].Namespace)
            {
                return true;
            }
        }

        return false;
    }

    private WireError Error(string reason, string detail) => new(reason, detail, xml.LineNumber, xml.LinePosition);
}
