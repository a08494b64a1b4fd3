using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using CwmpShield.Core.Identity;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Listening;
using CwmpShield.Gateway.Storage;

namespace CwmpShield.Gateway.Forwarding;

/// <summary>
/// The one connection to the ACS that a session owns: common ACSs tie session and Digest nonce to it. It is opened again when
/// the ACS closes it between two messages, with the session's cookies; a message that may have been sent is never sent again.
/// Not safe for use by two messages at a time.
/// </summary>
internal sealed class AcsConnection : IDisposable
{
    private const int MaxHeaderKilobytes = 16;
    private const int SkipBytes = 4 << 10;
    private const int MaxSkippedBytes = 64 << 10;
    private static readonly MediaTypeHeaderValue Soap = new("text/xml") { CharSet = "\"utf-8\"" };

    private readonly AcsSettings settings;
    private readonly BodyReader reader;
    private readonly BodyBounds bounds;
    private readonly AcsCookieJar cookies = new();
    private readonly AcsAccounts? accounts;
    private readonly WriteWatch watch = new();
    private readonly HttpMessageInvoker invoker;
    private AcsCredential? credential;

    /// <summary>Prepares the connection; it is opened with the first message.</summary>
    /// <param name="target">Where to.</param>
    /// <param name="settings">How.</param>
    /// <param name="accounts">Who may be logged in as, null where the device logs in itself or nobody does.</param>
    /// <param name="reader">Reads answers.</param>
    /// <param name="bounds">What an answer may cost.</param>
    public AcsConnection(AcsTarget target, AcsSettings settings, AcsAccounts? accounts, BodyReader reader, BodyBounds bounds)
    {
        Target = target;
        this.settings = settings;
        this.reader = reader;
        this.bounds = bounds;
        this.accounts = accounts;
        invoker = new HttpMessageInvoker(CreateHandler());
    }

    /// <summary>The destination that the session is pinned to.</summary>
    public AcsTarget Target { get; }

    /// <summary>Sends one message and reads its answer, within <see cref="AcsOptions.AnswerTime"/>. Does not throw.</summary>
    public async Task<AcsReply> SendAsync(AcsEnvelope message)
    {
        using var timeout = new CancellationTokenSource(settings.Options.AnswerTime);
        try
        {
            var reply = await SendOnceAsync(message, timeout.Token);
            return reply is AcsReply.Challenge challenge && message.DeviceAuthorization is null && accounts is not null
                ? await LogInAsync(message, challenge, await accounts(), timeout.Token)
                : reply;
        }
        catch (RegistryUnavailableException)
        {
            return new AcsReply.Failed(IdentityReason.RegistryUnavailable);
        }
        catch (Exception error) when (error is HttpRequestException or IOException or OperationCanceledException)
        {
            return AcsFailure.Of(error, watch.HasWritten);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => invoker.Dispose();

    private async Task<AcsReply> SendOnceAsync(AcsEnvelope message, CancellationToken cancellationToken)
    {
        watch.Begin();
        using var request = CreateRequest(message);
        using var response = await invoker.SendAsync(request, cancellationToken);
        if (response.Headers.NonValidated.TryGetValues("Set-Cookie", out var setCookies))
        {
            cookies.Take(setCookies);
        }

        if (response.StatusCode == HttpStatusCode.OK)
        {
            return await ReadAsync(response, cancellationToken);
        }

        await SkipAsync(response, cancellationToken);
        return response.StatusCode switch
        {
            HttpStatusCode.NoContent => new AcsReply.Empty(),
            HttpStatusCode.Unauthorized => new AcsReply.Challenge(
                response.Headers.NonValidated.TryGetValues("WWW-Authenticate", out var challenges) ? [.. challenges] : [],
                AcsChallenge.Choose(response.Headers.WwwAuthenticate)),
            HttpStatusCode.Found or HttpStatusCode.TemporaryRedirect => Redirect(response),
            HttpStatusCode.Forbidden or HttpStatusCode.ProxyAuthenticationRequired => new AcsReply.Failed(ForwardingReason.AcsUnauthorized),
            _ => new AcsReply.Failed(ForwardingReason.AcsStatus, RetryAfter: (int?)response.Headers.RetryAfter?.Delta?.TotalSeconds),
        };
    }

    private HttpRequestMessage CreateRequest(AcsEnvelope message)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, Target.Uri)
        {
            Content = new ReadOnlyMemoryContent(message.Body),
            Version = HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        if (!message.Body.IsEmpty)
        {
            request.Content.Headers.ContentType = Soap;
            request.Headers.TryAddWithoutValidation("SOAPAction", "");
        }

        if (settings.Options.Host.Length > 0)
        {
            request.Headers.Host = settings.Options.Host;
        }

        request.Headers.TryAddWithoutValidation("Forwarded", message.Forwarded);
        Add(request, "Cookie", cookies.Header());
        Add(request, "Authorization", message.DeviceAuthorization ?? credential?.Header(Target.Uri.PathAndQuery));
        return request;
    }

    private static void Add(HttpRequestMessage request, string name, string? value)
    {
        if (value is not null)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }
    }

    private async Task<AcsReply> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentLength > bounds.MaxBytes)
        {
            return new AcsReply.Failed(ListeningReason.BodyTooLarge);
        }

        var encoding = response.Content.Headers.NonValidated.TryGetValues("Content-Encoding", out var codings) ? string.Join(',', codings) : null;
        var contentType = response.Content.Headers.NonValidated.TryGetValues("Content-Type", out var types) ? types.ToString() : null;
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        var read = await reader.ReadAsync(stream, encoding, bounds, cancellationToken);
        if (read.Body is null)
        {
            return new AcsReply.Failed(string.Equals(read.Reason, ListeningReason.BodyTruncated, StringComparison.Ordinal) ? ForwardingReason.AcsTruncated : read.Reason);
        }

        if (!read.Body.Bytes.Span.Trim(" \t\r\n"u8).IsEmpty)
        {
            return new AcsReply.Message(read.Body, contentType);
        }

        read.Body.Dispose();
        return new AcsReply.Empty();
    }

    /// <summary>Reads a body that is of no use, so that the connection, and the nonce on it, outlives a 401; a long one closes it.</summary>
    private static async Task SkipAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var scratch = ArrayPool<byte>.Shared.Rent(SkipBytes);
        try
        {
            await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
            var left = MaxSkippedBytes;
            for (int read; left > 0 && (read = await stream.ReadAsync(scratch, cancellationToken)) > 0;)
            {
                left -= read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(scratch);
        }
    }

    private AcsReply Redirect(HttpResponseMessage response)
    {
        var target = response.Headers.NonValidated.TryGetValues("Location", out var locations) ? locations.ToString() : "";
        return settings.Options.AllowedRedirects.Contains(target, StringComparer.Ordinal)
            ? new AcsReply.Redirect((int)response.StatusCode, target)
            : new AcsReply.Failed(ForwardingReason.AcsRedirectRefused) { Target = target };
    }

    /// <summary>Answers a challenge with each account in turn, once: an ACS may know the device by what it had before a rotation, or by what it has after it.</summary>
    private async Task<AcsReply> LogInAsync(AcsEnvelope message, AcsReply.Challenge challenge, IReadOnlyList<AcsAccount> known, CancellationToken cancellationToken)
    {
        var spent = credential;
        var wasAnswered = spent is not null;
        AcsReply reply = challenge;
        foreach (var account in known)
        {
            if (reply is not AcsReply.Challenge { Chosen: { } asked })
            {
                return reply;
            }

            var next = new AcsCredential(account);
            if ((spent is not null && spent.Account.IsSame(account) && spent.IsSpentOn(asked)) || !next.TryTake(asked))
            {
                continue;
            }

            credential = next;
            wasAnswered = true;
            reply = await SendOnceAsync(message, cancellationToken);
        }

        // The ACS asks, and nothing that is known of the device can answer: no password, or one that is kept as a hash.
        return reply is AcsReply.Challenge { Chosen: not null } && !wasAnswered ? new AcsReply.Failed(ForwardingReason.AcsCredentialUnknown) : reply;
    }

    private SocketsHttpHandler CreateHandler() => new()
    {
        MaxConnectionsPerServer = 1,
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        AutomaticDecompression = DecompressionMethods.None,
        ActivityHeadersPropagator = null,
        MaxResponseHeadersLength = MaxHeaderKilobytes,
        MaxResponseDrainSize = 0,
        PooledConnectionLifetime = Timeout.InfiniteTimeSpan,
        PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
        ConnectTimeout = settings.Options.ConnectTime,
        SslOptions = settings.Tls,
        ConnectCallback = ConnectAsync,
        PlaintextStreamFilter = (context, _) => ValueTask.FromResult(watch.Over(context.PlaintextStream)),
    };

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        if (watch.HasWritten)
        {
            throw new AcsResendException();
        }

        credential?.Reset();
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
