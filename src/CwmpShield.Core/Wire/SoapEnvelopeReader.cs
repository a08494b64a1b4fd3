namespace CwmpShield.Core.Wire;

/// <summary>Finds the header and the one body entry of an envelope, in the one arrangement that cannot be read two ways.</summary>
internal static class SoapEnvelopeReader
{
    /// <summary>Reads <paramref name="root"/> as an envelope; an error without a reason means that all is well.</summary>
    public static WireError TryRead(SoapElement root, string[] declared, out SoapEnvelope? envelope)
    {
        envelope = null;
        if (root.LocalName != "Envelope")
        {
            return Error(root, WireReason.NotSoap, "The body is not a SOAP envelope.");
        }

        if (root.Namespace != SoapNames.Envelope)
        {
            return Error(root, WireReason.SoapVersion, "The envelope is not of SOAP 1.1.");
        }

        var error = TakeParts(root, out var header, out var body);
        if (error.Reason is not null)
        {
            return error;
        }

        if (body is null)
        {
            return Error(root, WireReason.NoBody, "The envelope has no Body.");
        }

        if (body.Children.Count != 1)
        {
            return body.Children.Count == 0
                ? Error(body, WireReason.EmptyBody, "The Body holds no entry.")
                : Error(body.Children[1], WireReason.TwoBodyEntries, "The Body holds more than one entry.");
        }

        var entry = body.Children[0];
        var headers = header?.Children ?? [];
        if (!TryFindVersion(entry, headers, declared, out var cwmp))
        {
            return Error(entry, WireReason.CwmpVersion, "The message is of a version of CWMP that is not known.");
        }

        envelope = new SoapEnvelope(headers, entry, cwmp) { DeclaredNamespaces = declared };
        return default;
    }

    private static WireError TakeParts(SoapElement root, out SoapElement? header, out SoapElement? body)
    {
        header = null;
        body = null;
        for (var i = 0; i < root.Children.Count; i++)
        {
            var part = root.Children[i];
            switch (part.LocalName)
            {
                case "Header" when header is not null:
                    return Error(part, WireReason.TwoHeaders, "The envelope has more than one Header.");
                case "Header" when body is not null:
                    return Error(part, WireReason.HeaderAfterBody, "The Header stands behind the Body.");
                case "Body" when body is not null:
                    return Error(part, WireReason.TwoBodies, "The envelope has more than one Body.");
                case "Header":
                    header = part;
                    break;
                case "Body":
                    body = part;
                    break;
                default:
                    return Error(part, WireReason.EnvelopeContent, "The envelope holds something else than a Header and a Body.");
            }

            if (part.Namespace is not (SoapNames.Envelope or "") || !string.IsNullOrWhiteSpace(part.Text))
            {
                return Error(part, WireReason.EnvelopeContent, "A part of the envelope is none of SOAP 1.1.");
            }
        }

        return string.IsNullOrWhiteSpace(root.Text) ? default : Error(root, WireReason.EnvelopeContent, "The envelope holds text.");
    }

    // The entry's own namespace counts; a fault's, or one whose prefix is not declared, is taken from the header or the declarations.
    private static bool TryFindVersion(SoapElement entry, IReadOnlyList<SoapElement> headers, string[] declared, out string cwmp)
    {
        cwmp = entry.Namespace;
        if (IsAnyCwmp(cwmp))
        {
            return SoapNames.IsCwmp(cwmp);
        }

        cwmp = entry.Child("detail")?.Child("Fault")?.Namespace ?? "";
        for (var i = 0; i < headers.Count && !IsAnyCwmp(cwmp); i++)
        {
            cwmp = headers[i].Namespace;
        }

        for (var i = 0; i < declared.Length && !IsAnyCwmp(cwmp); i++)
        {
            cwmp = declared[i];
        }

        if (IsAnyCwmp(cwmp))
        {
            return SoapNames.IsCwmp(cwmp);
        }

        cwmp = "";
        return true;
    }

    private static bool IsAnyCwmp(string uri) => uri.StartsWith("urn:dslforum-org:cwmp", StringComparison.OrdinalIgnoreCase);

    private static WireError Error(SoapElement at, string reason, string detail) => new(reason, detail, at.Line, at.Column);
}
