using System.Buffers;
using CwmpShield.Gateway.Configuration;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace CwmpShield.Gateway.Listening;

/// <summary>Reads bodies into memory within bounds: bytes as sent, bytes inflated, ratio, and the process's budget.</summary>
/// <param name="budget">What all buffered bodies share.</param>
public sealed class BodyReader(BufferBudget budget)
{
    private const int DrainBytes = 4 << 10;
    private const int OrdinaryBytes = 16 << 10;

    /// <summary>
    /// Reads the request's body, decoded. <paramref name="authenticated"/> says which bound applies:
    /// <see cref="ListenerLimits.MaxUpBodyBytes"/>, or <see cref="ListenerLimits.MaxUnauthenticatedBodyBytes"/>.
    /// </summary>
    public ValueTask<BodyReadResult> ReadRequestAsync(HttpContext context, bool authenticated, CancellationToken cancellation)
    {
        var limits = LimitsOf(context);
        var bounds = new BodyBounds(
            authenticated ? limits.MaxUpBodyBytes : limits.MaxUnauthenticatedBodyBytes,
            limits.MaxInflateRatio);
        AllowBody(context, bounds.MaxBytes);
        return ReadAsync(context.Request.Body, context.Request.Headers.ContentEncoding, bounds, cancellation);
    }

    /// <summary>
    /// Reads and drops the request's body, so that a 401 leaves the connection usable; false when it is more than an
    /// unauthenticated device may send, or doesn't come: then the connection is to be closed.
    /// </summary>
    public static async ValueTask<bool> DrainRequestAsync(HttpContext context, CancellationToken cancellation)
    {
        var max = LimitsOf(context).MaxUnauthenticatedBodyBytes;
        AllowBody(context, max);
        var scratch = ArrayPool<byte>.Shared.Rent(DrainBytes);
        try
        {
            int read;
            for (var total = 0; total <= max; total += read)
            {
                read = await context.Request.Body.ReadAsync(scratch, cancellation);
                if (read == 0)
                {
                    return true;
                }
            }

            return false;
        }
        catch (IOException)
        {
            return false;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(scratch, clearArray: true);
        }
    }

    /// <summary>What a body that isn't kept is counted as: its announced length up to <paramref name="max"/>, or something ordinary where none is.</summary>
    public static long Announced(HttpContext context, int max) => Math.Min(context.Request.ContentLength ?? OrdinaryBytes, max);

    /// <summary>
    /// Reads any body, the answer of an ACS for one; <paramref name="contentEncoding"/> is the header as it came, null when
    /// absent. Throws for nothing that the sender does, only when <paramref name="cancellation"/> is cancelled.
    /// </summary>
    public async ValueTask<BodyReadResult> ReadAsync(
        Stream source, string? contentEncoding, BodyBounds bounds, CancellationToken cancellation)
    {
        var coding = BodyCodings.Parse(contentEncoding);
        if (coding == BodyCoding.Unsupported)
        {
            return BodyReadResult.Refused(StatusCodes.Status415UnsupportedMediaType, ListeningReason.BodyCoding);
        }

        var body = new BufferedBody(budget);
        var refusal = await FillAsync(body, source, bounds.MaxBytes, cancellation);
        if (refusal is null && (coding == BodyCoding.Identity || body.Length == 0))
        {
            return BodyReadResult.Read(body);
        }

        using (body)
        {
            return refusal ?? BodyInflater.Inflate(body, coding, bounds, budget);
        }
    }

    private static async ValueTask<BodyReadResult?> FillAsync(
        BufferedBody body, Stream source, int maxBytes, CancellationToken cancellation)
    {
        try
        {
            while (body.TryGetRoom(out var room))
            {
                var read = await source.ReadAsync(room, cancellation);
                body.Advance(read);
                if (body.Length > maxBytes)
                {
                    return BodyReadResult.Refused(StatusCodes.Status413PayloadTooLarge, ListeningReason.BodyTooLarge);
                }

                if (read == 0)
                {
                    return null;
                }
            }

            return BodyReadResult.Refused(StatusCodes.Status503ServiceUnavailable, ListeningReason.BufferBudget);
        }
        catch (BadHttpRequestException refused)
        {
            return BodyReadResult.Refused(refused.StatusCode, BadRequestReason.Of(refused.StatusCode, ListeningReason.BodyTruncated));
        }
        catch (Exception broken) when (broken is IOException || (broken is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return BodyReadResult.Refused(StatusCodes.Status400BadRequest, ListeningReason.BodyTruncated);
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    private static ListenerLimits LimitsOf(HttpContext context) =>
        context.Features.GetRequiredFeature<DeviceConnection>().Listener.Limits;

    /// <summary>Lets Kestrel refuse by the announced length, before a byte is read.</summary>
    private static void AllowBody(HttpContext context, int bytes)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature)
        {
            feature.MaxRequestBodySize = bytes;
        }
    }
}
