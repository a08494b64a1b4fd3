using System.Net;
using System.Net.Http.Headers;
using CwmpShield.Core.DataModel.Values;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Forwarding;

namespace CwmpShield.Gateway.Mirror.Origins;

/// <summary>
/// An https server: certificate by the configured roots or pin, no proxy, no cookies, no decompression, and redirects only where the
/// configuration allows them. A credential goes to the origin itself, never to where it redirects.
/// </summary>
internal sealed class HttpsOrigin : MirrorOrigin
{
    private const int MaxRedirects = 3;

    private readonly NetworkCredential? own;
    private readonly UrlValue[] redirects;
    private readonly MirrorFetchOptions fetch;
    private readonly System.Net.Security.SslClientAuthenticationOptions tls;

    /// <summary>Reads the files that <paramref name="options"/> names.</summary>
    public HttpsOrigin(MirrorOriginOptions options, MirrorFetchOptions fetch)
        : base(options)
    {
        this.fetch = fetch;
        own = options.User.Length == 0 ? null : new NetworkCredential(options.User, File.ReadLines(options.PasswordFile).FirstOrDefault() ?? "");
        redirects = [.. options.AllowedRedirects.Select(url => UrlValue.TryParse(url, out var parsed) ? parsed! : throw new InvalidOperationException($"'{url}' is no URL."))];
        tls = AcsTls.Create(options.Tls);
    }

    /// <inheritdoc/>
    public override async Task<OriginAnswer> OpenAsync(OriginRequest request, CancellationToken cancellationToken)
    {
        // A connection of its own for every fetch: no credential outlives it.
        var invoker = new HttpMessageInvoker(Handler(request));
        HttpResponseMessage? response = null;
        try
        {
            var url = request.Url;
            for (var hops = 0; ; hops++)
            {
                using var message = Message(url, request);
                response = await invoker.SendAsync(message, cancellationToken);
                if (!IsRedirect(response.StatusCode))
                {
                    break;
                }

                if (hops == MaxRedirects || Target(url, response.Headers.Location) is not { } next)
                {
                    return Fail(invoker, response, MirrorReason.RedirectRefused);
                }

                url = next;
                response.Dispose();
            }

            return Refusal(response, request) is { } reason
                ? Fail(invoker, response, reason)
                : new OriginAnswer.Opened(
                    new OwnedStream(await response.Content.ReadAsStreamAsync(cancellationToken), response, invoker),
                    response.StatusCode == HttpStatusCode.PartialContent ? request.Offset : 0,
                    response.Headers.ETag is { IsWeak: false } tag ? tag.Tag : "");
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException)
        {
            return Fail(invoker, response, MirrorReason.OriginDown);
        }
        catch
        {
            response?.Dispose();
            invoker.Dispose();
            throw;
        }
    }

    private static OriginAnswer.Failed Fail(HttpMessageInvoker invoker, HttpResponseMessage? response, string reason)
    {
        response?.Dispose();
        invoker.Dispose();
        return new OriginAnswer.Failed(reason);
    }

    private static HttpRequestMessage Message(Uri url, OriginRequest request)
    {
        var message = new HttpRequestMessage(HttpMethod.Get, url) { Version = HttpVersion.Version11, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        message.Headers.UserAgent.Add(new ProductInfoHeaderValue("CwmpShield", null));
        if (request.Offset > 0 && EntityTagHeaderValue.TryParse(request.Tag, out var tag))
        {
            message.Headers.Range = new RangeHeaderValue(request.Offset, null);
            message.Headers.IfRange = new RangeConditionHeaderValue(tag);
        }

        return message;
    }

    /// <summary>What is wrong with an answer, before a byte of it is read; null when nothing.</summary>
    private static string? Refusal(HttpResponseMessage response, OriginRequest request)
    {
        var range = response.Content.Headers.ContentRange;
        var isPart = response.StatusCode == HttpStatusCode.PartialContent;
        if (response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
        {
            return MirrorReason.OriginUnauthorized;
        }

        if (!(isPart && request.Offset > 0) && response.StatusCode != HttpStatusCode.OK)
        {
            return response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable ? MirrorReason.SizeMismatch : MirrorReason.OriginStatus;
        }

        if (response.Content.Headers.ContentEncoding.Any(coding => !coding.Equals("identity", StringComparison.OrdinalIgnoreCase)))
        {
            return MirrorReason.OriginEncoding;
        }

        if (isPart && (range is null || range.Unit != "bytes" || range.From != request.Offset || range.To != request.Size - 1))
        {
            return MirrorReason.SizeMismatch;
        }

        var expected = isPart ? request.Size - request.Offset : request.Size;
        return response.Content.Headers.ContentLength is { } length && length != expected ? MirrorReason.SizeMismatch : null;
    }

    private static bool IsRedirect(HttpStatusCode status) => (int)status is 301 or 302 or 303 or 307 or 308;

    private Uri? Target(Uri from, Uri? location) =>
        location is not null && Uri.TryCreate(from, location, out var target)
        && UrlValue.TryParse(target.AbsoluteUri, out var url) && Array.Exists(redirects, allowed => Below(allowed, url!))
            ? target
            : null;

    private SocketsHttpHandler Handler(OriginRequest request)
    {
        var credential = own ?? request.Credential;
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            ActivityHeadersPropagator = null,
            ConnectTimeout = fetch.ConnectTime,
            MaxConnectionsPerServer = 1,
            MaxResponseHeadersLength = 16,
            SslOptions = tls,
        };
        if (credential is not null)
        {
            var site = new Uri(request.Url.GetLeftPart(UriPartial.Authority));
            handler.Credentials = new CredentialCache { { site, "Basic", credential }, { site, "Digest", credential } };
        }

        return handler;
    }
}
