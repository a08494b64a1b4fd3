using System.Net;
using System.Net.Http.Headers;

namespace CwmpShield.Gateway.Revocation;

/// <summary>
/// The connections to list servers and responders: the configured address and nothing that it redirects to, no proxy, no
/// cookies, and answers no larger and no slower than asked for.
/// </summary>
internal sealed class RevocationHttp : IDisposable
{
    private const int FirstBuffer = 64 << 10;
    private readonly HttpMessageInvoker invoker = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        ActivityHeadersPropagator = null,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        MaxConnectionsPerServer = 8,
        MaxResponseHeadersLength = 16,
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
    });

    /// <summary>
    /// Sends the request; null when there is no whole answer within <paramref name="patience"/> and
    /// <paramref name="maxBytes"/>. The body is empty unless the status is 200.
    /// </summary>
    public async Task<Answer?> SendAsync(HttpRequestMessage request, int maxBytes, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        time.CancelAfter(patience);
        try
        {
            using var response = await invoker.SendAsync(request, time.Token);
            var body = response.StatusCode == HttpStatusCode.OK ? await ReadAsync(response.Content, maxBytes, time.Token) : [];
            return body is null ? null : new Answer(response.StatusCode, body, response.Headers.ETag, response.Content.Headers.LastModified);
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException
            || (broken is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => invoker.Dispose();

    private static async Task<byte[]?> ReadAsync(HttpContent content, int maxBytes, CancellationToken cancellationToken)
    {
        if (content.Headers.ContentLength > maxBytes)
        {
            return null;
        }

        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        using var read = new MemoryStream();
        var buffer = new byte[FirstBuffer];
        while (await stream.ReadAsync(buffer, cancellationToken) is var count && count > 0)
        {
            if (read.Length + count > maxBytes)
            {
                return null;
            }

            read.Write(buffer, 0, count);
        }

        return read.ToArray();
    }

    /// <summary>A whole answer.</summary>
    /// <param name="Status">HTTP status.</param>
    /// <param name="Body">The body.</param>
    /// <param name="Tag">ETag, null when there is none.</param>
    /// <param name="LastModified">Last-Modified, null when there is none.</param>
    internal sealed record Answer(HttpStatusCode Status, byte[] Body, EntityTagHeaderValue? Tag, DateTimeOffset? LastModified);
}
