using System.Text;

namespace CwmpShield.Core.Wire;

/// <summary>Reads the attributes of one start tag, and takes namespace declarations into the scope.</summary>
/// <param name="body">The whole body.</param>
/// <param name="isAscii">Whether it is plain ASCII.</param>
/// <param name="workspace">Holds the tag's attributes.</param>
/// <param name="limits">Bounds.</param>
internal readonly ref struct SoapAttributeReader(ReadOnlySpan<byte> body, bool isAscii, ReaderWorkspace workspace, SoapLimits limits)
{
    private readonly ReadOnlySpan<byte> body = body;

    /// <summary>Reads the attributes; an error without a reason means that all is well. Its place is left to the caller.</summary>
    public WireError TryRead(out SoapAttribute[] attributes)
    {
        attributes = [];
        workspace.Pending.Clear();
        foreach (var attribute in workspace.Tag)
        {
            var error = Take(attribute);
            if (error.Reason is not null)
            {
                return error;
            }
        }

        if (workspace.Pending.Count == 0)
        {
            return default;
        }

        if (workspace.Pending is [var only] && isAscii && only.Value.IsPlain && SharedAttributes.IsCommon(only.Name.LocalName))
        {
            attributes = workspace.Shared.Of(only.Name, only.Value.In(body), workspace.Scope);
            return default;
        }

        attributes = new SoapAttribute[workspace.Pending.Count];
        for (var i = 0; i < attributes.Length; i++)
        {
            var pending = workspace.Pending[i];
            attributes[i] = QualifiedAttribute.Resolve(pending.Name, Text(pending.Value), workspace.Scope).ToAttribute();
            if (IsRepeated(attributes, i))
            {
                return new WireError(WireReason.DuplicateAttribute, "An attribute stands twice on one element.");
            }
        }

        return default;
    }

    private WireError Take(TagAttribute attribute)
    {
        var name = attribute.Name;
        if (name.Qualified.Length > limits.MaxNameLength)
        {
            return new WireError(WireReason.NameTooLong, "The name of an attribute is too long.");
        }

        if (name.LocalName.Length == 0)
        {
            return new WireError(WireReason.BadName, "The name of an attribute is no qualified name.");
        }

        if (attribute.Value.Length > limits.MaxTextLength && Text(attribute.Value).Length > limits.MaxTextLength)
        {
            return new WireError(WireReason.TextTooLong, "The value of an attribute is too long.");
        }

        if (name is { Prefix: "xmlns" } or { Prefix: "", LocalName: "xmlns" })
        {
            var prefix = name.Prefix.Length > 0 ? name.LocalName : "";
            return workspace.Scope.TryDeclare(prefix, Uri(attribute.Value))
                ? default
                : new WireError(WireReason.BadNamespace, "A namespace declaration is not allowed.");
        }

        // A number that nothing may refer to means nothing; gSOAP puts one on its Body.
        if (name.LocalName == "id")
        {
            return default;
        }

        // By these, SOAP 1.1 section 5 lets a value stand elsewhere than where it is read.
        if (name.LocalName is "href" or "root")
        {
            return new WireError(WireReason.SoapMultiref, "References of the SOAP encoding are not read.");
        }

        workspace.Pending.Add(attribute);
        return default;
    }

    private string Uri(XmlText value) => isAscii && value.IsPlain ? SharedTexts.Of(value.In(body)) : Text(value);

    private string Text(XmlText value)
    {
        if (value.IsPlain)
        {
            return Encoding.UTF8.GetString(value.In(body));
        }

        workspace.Scratch.Clear();
        value.DecodeValue(body, workspace.Scratch);
        return workspace.Scratch.ToString();
    }

    // At most as many as a tag may have: the work stays in proportion to the body.
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
}
