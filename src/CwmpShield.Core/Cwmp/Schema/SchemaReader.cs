using System.Globalization;
using CwmpShield.Core.Wire;

namespace CwmpShield.Core.Cwmp.Schema;

/// <summary>
/// Checks elements against their shapes and gives the canonical form of each: the schema's own name and namespace, only the
/// attributes that carry meaning, array counts recomputed. An element that is canonical already is given back as it is.
/// </summary>
internal sealed class SchemaReader(Direction direction, string cwmpNamespace)
{
    /// <summary>Characters of a URL, key or parameter name at most; the schema's own lengths are a matter of rules.</summary>
    public const int MaxKeyLength = 4096;

    private (SoapAttribute? Given, SoapAttribute? Canonical) lastType;

    /// <summary>Why the last element was refused.</summary>
    public WireError Error { get; private set; }

    private bool ToDevice => direction == Direction.AcsToCpe;

    /// <summary>The canonical form of <paramref name="element"/> under a name, or null with <see cref="Error"/>.</summary>
    public SoapElement? Read(SoapElement element, Shape shape, string name, string uri) => shape.Kind switch
    {
        ShapeKind.Structure => ReadStructure(element, shape, name, uri, []),
        ShapeKind.List => ReadList(element, shape, name, uri),
        ShapeKind.Operation => ReadOperation(element, shape, name, uri),
        ShapeKind.Open => ReadOpen(element),
        _ => ReadValue(element, shape.Kind, name, uri),
    };

    /// <summary>Gives back an element of no known schema with everything below it, unless it hides a method or a part of the envelope.</summary>
    public SoapElement? ReadOpen(SoapElement element)
    {
        foreach (var child in element.Nodes)
        {
            if (RpcCatalogue.IsPlaceBound(child.LocalName))
            {
                return Refuse(child, WireReason.NestedOrder, "A method or a part of the envelope stands below its place.");
            }

            if (ReadOpen(child) is null)
            {
                return null;
            }
        }

        return element;
    }

    /// <summary>
    /// Gives back an element that a device put beside the schema, unless it hides a part of CWMP: ACSs that find elements by name would take a
    /// serial number or a parameter in it for the message's own, which nobody has judged.
    /// </summary>
    public SoapElement? ReadExtension(SoapElement element)
    {
        if (RpcCatalogue.IsMemberBound(element.LocalName))
        {
            return Refuse(element, WireReason.MisplacedMember, "A part of a CWMP message stands where the schema does not have it.");
        }

        foreach (var child in element.Nodes)
        {
            if (ReadExtension(child) is null)
            {
                return null;
            }
        }

        return element;
    }

    private SoapElement? ReadStructure(SoapElement element, Shape shape, string name, string uri, SoapAttribute[] attributes)
    {
        if (!TryReadMembers(element, shape, out var children))
        {
            return null;
        }

        for (var i = 0; i < shape.Members.Length; i++)
        {
            if (shape.Members[i].Required && element.Child(shape.Members[i].Name) is null)
            {
                return Refuse(element, WireReason.MissingMember, $"The member {shape.Members[i].Name} is missing.");
            }
        }

        return Canonical(element, name, uri, "", attributes, children);
    }

    private SoapElement? ReadList(SoapElement element, Shape shape, string name, string uri)
    {
        if (!TryReadMembers(element, shape, out var children))
        {
            return null;
        }

        var items = 0;
        foreach (var child in children)
        {
            items += child.LocalName == shape.Members[0].Name ? 1 : 0;
        }

        return Canonical(element, name, uri, "", [ArrayType(element, shape.ItemType, items)], children);
    }

    private bool TryReadMembers(SoapElement element, Shape shape, out SoapElement[] children)
    {
        children = element.Nodes;
        if (!string.IsNullOrWhiteSpace(element.Text))
        {
            Refuse(element, WireReason.TextInStructure, "Text stands where the schema has elements.");
            return false;
        }

        SoapElement[]? changed = null;
        ulong seen = 0;
        for (var i = 0; i < children.Length; i++)
        {
            var child = children[i];
            var read = ReadMember(child, shape, ref seen);
            if (read is null)
            {
                return false;
            }

            if (changed is null && !ReferenceEquals(read, child))
            {
                changed = [.. children];
            }

            if (changed is not null)
            {
                changed[i] = read;
            }
        }

        children = changed ?? children;
        return true;
    }

    private SoapElement? ReadMember(SoapElement child, Shape shape, ref ulong seen)
    {
        var index = shape.IndexOf(child.LocalName);
        if (index < 0)
        {
            return ReadStranger(child);
        }

        var member = shape.Members[index];
        if (!member.Repeats && (seen & (1UL << index)) != 0)
        {
            return Refuse(child, WireReason.DuplicateMember, $"The member {member.Name} stands twice.");
        }

        seen |= 1UL << index;
        return Read(child, member.Shape, member.Name, member.Qualified ? cwmpNamespace : "");
    }

    // Device stacks find elements by name wherever they stand, so nothing goes to a device that the schema does not have.
    private SoapElement? ReadStranger(SoapElement element)
    {
        if (RpcCatalogue.IsPlaceBound(element.LocalName))
        {
            return Refuse(element, WireReason.NestedOrder, "A method or a part of the envelope stands below its place.");
        }

        return ReadOpen(element) is null ? null
            : ToDevice ? Refuse(element, WireReason.UnknownMember, "The method has no such member.")
            : ReadExtension(element);
    }

    // The real type is named by xsi:type, as the schema has it, or by the one element inside.
    private SoapElement? ReadOperation(SoapElement element, Shape shape, string name, string uri)
    {
        var declared = element.Attribute("type", SoapNames.Instance);
        if (declared is not null)
        {
            var type = LocalPart(declared.Value);
            return shape.Types.TryGetValue(type, out var structure)
                ? ReadStructure(element, structure, name, uri, [QualifiedType(declared, type, cwmpNamespace, "cwmp:")])
                : Refuse(element, WireReason.UnknownType, "The operation is none of CWMP.");
        }

        if (element.Nodes is [var child] && shape.Types.TryGetValue(child.LocalName, out var inner))
        {
            var read = ReadStructure(child, inner, child.LocalName, "", []);
            return read is null ? null : Canonical(element, name, uri, "", [], ReferenceEquals(read, child) ? element.Nodes : [read]);
        }

        return Refuse(element, WireReason.UnknownType, "The operation does not say which one it is.");
    }

    private SoapElement? ReadValue(SoapElement element, ShapeKind kind, string name, string uri)
    {
        if (element.Nodes is [var inner, ..])
        {
            return ReadStranger(inner) is null && Error.Reason == WireReason.NestedOrder
                ? null
                : Refuse(inner, WireReason.ElementInValue, "A simple value holds elements.");
        }

        var text = element.Text;
        if (kind is ShapeKind.Key or ShapeKind.Path or ShapeKind.LocalName && text.Length > MaxKeyLength)
        {
            return Refuse(element, WireReason.NameTooLong, "A name, URL or key is too long.");
        }

        if (ToDevice && !ScalarText.Fits(kind, text))
        {
            return kind == ShapeKind.Path
                ? Refuse(element, WireReason.BadParameterName, "A parameter name holds white space or control characters.")
                : Refuse(element, WireReason.BadValue, "A number or boolean is none, or is out of range.");
        }

        var attributes = element.AttributeNodes.Length == 0 ? element.AttributeNodes : [];
        if (kind == ShapeKind.AnySimple && element.Attribute("type", SoapNames.Instance) is { } type)
        {
            if (ValueType(type) is not { } canonical)
            {
                return Refuse(element, WireReason.UnknownType, "The type of a value is not known.");
            }

            attributes = element.AttributeNodes is [var only] && ReferenceEquals(only, canonical) ? element.AttributeNodes : [canonical];
        }

        return Canonical(element, name, uri, kind == ShapeKind.LocalName ? LocalPart(text).TrimStart() : text, attributes, []);
    }

    // One value after the other has the same attribute.
    private SoapAttribute? ValueType(SoapAttribute type)
    {
        if (!ReferenceEquals(type, lastType.Given))
        {
            lastType = (type, CanonicalType(type));
        }

        return lastType.Canonical;
    }

    // A device may have types of its own; what goes to a device has one of XML Schema's.
    private SoapAttribute? CanonicalType(SoapAttribute type)
    {
        if (ScalarText.SchemaType(type.Value) is { } local)
        {
            return QualifiedType(type, local, SoapNames.Schema, "xsd:");
        }

        local = LocalPart(type.Value);
        if (local == "base64" && type.ValueNamespace is SoapNames.Encoding or "")
        {
            return QualifiedType(type, local, SoapNames.Encoding, "soap-enc:");
        }

        return ToDevice ? null
            : type.ValueNamespace.Length > 0 && type.Namespace == SoapNames.Instance ? type
            : new SoapAttribute("type", SoapNames.Instance, type.ValueNamespace.Length > 0 ? type.Value : local, type.ValueNamespace);
    }

    private static SoapAttribute QualifiedType(SoapAttribute type, string local, string uri, string prefix) =>
        type.Namespace == SoapNames.Instance && type.ValueNamespace == uri && type.Value.Length == prefix.Length + local.Length && type.Value.StartsWith(prefix, StringComparison.Ordinal)
            ? type
            : new SoapAttribute("type", SoapNames.Instance, prefix + local, uri);

    private SoapAttribute ArrayType(SoapElement element, string itemType, int count)
    {
        var uri = itemType[0] switch { 'c' => cwmpNamespace, 'x' => SoapNames.Schema, _ => SoapNames.Encoding };
        var given = element.Attribute("arrayType", SoapNames.Encoding);
        if (given is { Namespace: SoapNames.Encoding } && given.ValueNamespace == uri && IsCount(given.Value, itemType, count))
        {
            return given;
        }

        return new SoapAttribute("arrayType", SoapNames.Encoding, string.Create(CultureInfo.InvariantCulture, $"{itemType}[{count}]"), uri);
    }

    private static bool IsCount(string value, string itemType, int count) =>
        value.StartsWith(itemType, StringComparison.Ordinal)
        && value.AsSpan(itemType.Length) is ['[', .. var digits, ']']
        && (digits.Length == 1 || digits is not ['0', ..])
        && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var given)
        && given == count;

    private static string LocalPart(string name)
    {
        var local = ScalarText.LocalPart(name);
        return local.Length == name.Length ? name : local.ToString();
    }

    private static SoapElement Canonical(
        SoapElement element, string name, string uri, string text, SoapAttribute[] attributes, SoapElement[] children)
    {
        var same = element.LocalName == name
            && element.Namespace == uri
            && ReferenceEquals(children, element.Nodes)
            && element.Text == text
            && element.AttributeNodes.Length == attributes.Length
            && (attributes.Length == 0 || ReferenceEquals(element.AttributeNodes[0], attributes[0]));
        return same ? element : element.Copy(name, uri, text, attributes, children);
    }

    private SoapElement? Refuse(SoapElement at, string reason, string detail)
    {
        Error = new WireError(reason, detail, at.Line, at.Column);
        return null;
    }
}
