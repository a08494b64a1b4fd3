using System.Runtime.InteropServices;
using CwmpShield.Core.ConnectionRequests;
using CwmpShield.Core.Cwmp;
using CwmpShield.Gateway.Configuration;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace CwmpShield.Gateway.Listening;

/// <summary>What the gate asks of a request's line and headers.</summary>
internal static class RequestChecks
{
    /// <summary>Where Kestrel puts a Content-Length that stood beside Transfer-Encoding.</summary>
    private const string DisplacedContentLength = "X-Content-Length";

    /// <summary>Headers that two parsers could read differently if they came twice.</summary>
    private static readonly string[] Single =
        [HeaderNames.Host, HeaderNames.ContentType, HeaderNames.Authorization, HeaderNames.ContentEncoding, HeaderNames.TransferEncoding, "SOAPAction"];

    /// <summary>TR-064 and UPnP control endpoints of devices: the Mirai and HG532 probes, which belong on no ACS.</summary>
    private static readonly EndpointPolicy Tr064 = new();

    /// <summary>The default value when the request may pass, else how it is answered.</summary>
    public static GateRefusal Judge(HttpRequest request, ListenerOptions listener)
    {
        if (!HttpProtocol.IsHttp11(request.Protocol))
        {
            return new(StatusCodes.Status505HttpVersionNotsupported, ListeningReason.HttpVersion);
        }

        var headers = request.Headers;
        if (headers.TransferEncoding.Count > 0
            && (headers.ContainsKey(DisplacedContentLength) || !string.Equals(headers.TransferEncoding, "chunked", StringComparison.OrdinalIgnoreCase)))
        {
            return new(StatusCodes.Status400BadRequest, ListeningReason.HttpFraming);
        }

        if (IsTooLarge(headers, listener.Limits))
        {
            return new(StatusCodes.Status431RequestHeaderFieldsTooLarge, ListeningReason.HeadersTooLarge);
        }

        if (Array.Exists(Single, name => headers[name].Count > 1))
        {
            return new(StatusCodes.Status400BadRequest, ListeningReason.HeaderRepeated);
        }

        var target = PathAndQuery(request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget);
        if (!listener.Paths.Contains(target, StringComparer.Ordinal))
        {
            return new(StatusCodes.Status404NotFound, Tr064Endpoint.Is(target, Tr064) ? Tr064Reason.Path : ListeningReason.PathUnknown);
        }

        // Methods are case-sensitive (RFC 9110, 9.1).
        if (!string.Equals(request.Method, HttpMethods.Post, StringComparison.Ordinal))
        {
            return new(StatusCodes.Status405MethodNotAllowed, ListeningReason.MethodNotAllowed);
        }

        return BodyCodings.Parse(headers.ContentEncoding) == BodyCoding.Unsupported
            ? new(StatusCodes.Status415UnsupportedMediaType, ListeningReason.BodyCoding)
            : default;
    }

    /// <summary>The target without the scheme and authority of the absolute form (RFC 9112, 3.2.2).</summary>
    private static string PathAndQuery(string target)
    {
        var authority = target.IndexOf("://", StringComparison.Ordinal);
        if (authority < 0 || target[0] == '/')
        {
            return target;
        }

        var rest = target[(authority + 3)..];
        var end = rest.AsSpan().IndexOfAny('/', '?', '#');
        return end < 0 ? "/" : rest[end..];
    }

    private static bool IsTooLarge(IHeaderDictionary headers, ListenerLimits limits)
    {
        int count = 0, bytes = 0;
        foreach (var (name, values) in headers)
        {
            foreach (var value in values)
            {
                count++;
                bytes += name.Length + (value?.Length ?? 0) + 4;
            }
        }

        return count > limits.MaxHeaders || bytes > limits.MaxHeaderBytes;
    }
}

/// <summary>How the gate answers a request that it doesn't let pass.</summary>
/// <param name="Status">HTTP status; 0 lets it pass.</param>
/// <param name="Reason">Stable word of <see cref="ListeningReason"/>.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct GateRefusal(int Status, string Reason);
