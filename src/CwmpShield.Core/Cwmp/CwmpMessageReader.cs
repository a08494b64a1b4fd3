using CwmpShield.Core.Cwmp.Schema;
using CwmpShield.Core.Wire;

namespace CwmpShield.Core.Cwmp;

/// <summary>Checks an envelope against the schema of its method and lays it out as a message.</summary>
public static class CwmpMessageReader
{
    private static readonly RpcEntry Fault = new(RpcKind.Fault, MessageRole.Fault, SharedShapes.SoapFault);

    /// <summary>Reads <paramref name="envelope"/>; false with a reason when it is no message of CWMP. Never throws for input.</summary>
    /// <param name="envelope">What <see cref="SoapReader"/> read.</param>
    /// <param name="direction">Which way it travels.</param>
    /// <param name="message">The message, null when false is returned; its envelope is the canonical one that goes on.</param>
    /// <param name="error">Why not, when false is returned.</param>
    public static bool TryRead(SoapEnvelope envelope, Direction direction, out CwmpMessage? message, out WireError error)
    {
        message = null;
        error = TryFind(envelope.Body, direction, out var entry);
        if (error.Reason is not null)
        {
            return false;
        }

        var cwmp = envelope.CwmpNamespace.Length > 0 ? envelope.CwmpNamespace : SoapNames.CwmpDefault;
        var schema = new SchemaReader(direction, cwmp);
        var headers = new HeaderReader(schema, direction, cwmp);
        var kept = headers.Read(envelope.Headers, out error);
        if (kept is null)
        {
            return false;
        }

        var body = ReadBody(envelope.Body, entry, schema, cwmp);
        if (body is null)
        {
            error = schema.Error;
            return false;
        }

        var canonical = ReferenceEquals(kept, envelope.Headers) && ReferenceEquals(body, envelope.Body) && cwmp == envelope.CwmpNamespace
            ? envelope
            : new SoapEnvelope(kept, body, cwmp) { DeclaredNamespaces = envelope.DeclaredNamespaces };
        error = MessageFacets.Fill(direction, entry, headers, canonical, out message);
        return message is not null;
    }

    private static WireError TryFind(SoapElement body, Direction direction, out RpcEntry entry)
    {
        var name = body.LocalName;
        var isLanProtocol = LanProtocol.IsNamespace(body.Namespace);
        var known = name == "Fault" ? Fault : RpcCatalogue.Find(name);
        if (known is null || isLanProtocol)
        {
            entry = Stranger(name, isLanProtocol);
            return default;
        }

        entry = known;

        var home = known.Rpc == RpcKind.Fault ? body.Namespace == SoapNames.Envelope : SoapNames.IsCwmp(body.Namespace);
        if (!home && body.Namespace.Length > 0)
        {
            return new WireError(WireReason.RpcNamespace, "A method of CWMP is named in another namespace.", body.Line, body.Column);
        }

        if (!known.MayTravel(direction))
        {
            return new WireError(WireReason.WrongDirection, "The method is one that the other side calls.", body.Line, body.Column);
        }

        return default;
    }

    private static RpcEntry Stranger(string name, bool isLanProtocol) => new(
        name.StartsWith("X_", StringComparison.Ordinal) && !isLanProtocol ? RpcKind.Vendor : RpcKind.Unknown,
        name.EndsWith("Response", StringComparison.Ordinal) ? MessageRole.Response : MessageRole.Request,
        Shape.Open);

    private static SoapElement? ReadBody(SoapElement body, RpcEntry entry, SchemaReader schema, string cwmp)
    {
        var read = schema.Read(body, entry.Shape, body.LocalName, entry.Rpc == RpcKind.Fault ? SoapNames.Envelope : cwmp);
        if (read is null || entry.Shape != Shape.Open)
        {
            return read;
        }

        // A vendor's method keeps what the vendor wrote, less SOAP's own attributes (encodingStyle).
        var attributes = body.Attributes.Where(a => a.Namespace != SoapNames.Envelope).ToArray();
        return body.Copy(body.LocalName, body.Namespace.Length == 0 ? cwmp : body.Namespace, body.Text, attributes, body.Children);
    }
}
