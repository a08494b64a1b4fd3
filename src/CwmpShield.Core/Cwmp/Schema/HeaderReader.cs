using CwmpShield.Core.Wire;

namespace CwmpShield.Core.Cwmp.Schema;

/// <summary>Checks the header entries: those of CWMP once each, others only where nobody can mistake them.</summary>
internal ref struct HeaderReader(SchemaReader schema, Direction direction, string cwmpNamespace)
{
    private static readonly SoapAttribute[] MustUnderstand = [new("mustUnderstand", SoapNames.Envelope, "1")];

    /// <summary>cwmp:ID as written, null when absent.</summary>
    public string? Id { get; private set; }

    /// <summary>HoldRequests, false when absent.</summary>
    public bool HoldRequests { get; private set; }

    /// <summary>The headers that go on, or null with an error.</summary>
    public IReadOnlyList<SoapElement>? Read(IReadOnlyList<SoapElement> headers, out WireError error)
    {
        error = default;
        if (headers.Count == 0)
        {
            return headers;
        }

        var kept = new SoapElement[headers.Count];
        var count = 0;
        var isSame = true;
        for (var i = 0; i < headers.Count; i++)
        {
            error = Read(headers[i], kept, ref count);
            if (error.Reason is not null)
            {
                return null;
            }

            isSame = isSame && count == i + 1 && ReferenceEquals(kept[i], headers[i]);
        }

        return isSame ? headers : count == kept.Length ? kept : kept[..count];
    }

    private WireError Read(SoapElement header, SoapElement[] kept, ref int count)
    {
        if (RpcCatalogue.IsPlaceBound(header.LocalName))
        {
            return At(header, WireReason.NestedOrder, "A method or a part of the envelope stands in the header.");
        }

        if (Shape(header.LocalName) is not { } shape)
        {
            return ReadStranger(header, kept, ref count);
        }

        for (var i = 0; i < count; i++)
        {
            if (kept[i].LocalName == header.LocalName && kept[i].Namespace == cwmpNamespace)
            {
                return At(header, WireReason.DuplicateHeader, "A header of CWMP stands twice.");
            }
        }

        var read = schema.Read(header, shape, header.LocalName, cwmpNamespace);
        if (read is null)
        {
            return schema.Error;
        }

        Take(read);
        kept[count++] = IsMandatory(header) ? read.Copy(read.LocalName, cwmpNamespace, read.Text, MustUnderstand, []) : read;
        return default;
    }

    // Another header is dropped on its way to a device, which could not say what it made of it; an ACS may know its devices' own.
    private readonly WireError ReadStranger(SoapElement header, SoapElement[] kept, ref int count)
    {
        if (schema.ReadOpen(header) is null || (direction == Direction.CpeToAcs && schema.ReadExtension(header) is null))
        {
            return schema.Error;
        }

        if (direction == Direction.CpeToAcs)
        {
            kept[count++] = header;
            return default;
        }

        return IsMandatory(header)
            ? At(header, WireReason.MustUnderstand, "A header that must be understood is not known.")
            : default;
    }

    private void Take(SoapElement header)
    {
        switch (header.LocalName)
        {
            case "ID":
                Id = header.Text;
                break;
            case "HoldRequests":
                HoldRequests = ScalarText.TryBoolean(header.Text, out var hold) && hold;
                break;
            default:
                break;
        }
    }

    private static Shape? Shape(string name) => name switch
    {
        "ID" or "SupportedCWMPVersions" or "UseCWMPVersion" => Schema.Shape.Key,
        "HoldRequests" or "NoMoreRequests" => Schema.Shape.Boolean,
        "SessionTimeout" => Schema.Shape.Unsigned,
        _ => null,
    };

    private static bool IsMandatory(SoapElement header) =>
        header.Attribute("mustUnderstand", SoapNames.Envelope) is { } mark && ScalarText.TryBoolean(mark.Value, out var must) && must;

    private static WireError At(SoapElement at, string reason, string detail) => new(reason, detail, at.Line, at.Column);
}
