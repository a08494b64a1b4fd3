using Microsoft.AspNetCore.Http;
using CwmpShield.Gateway.Configuration;

namespace CwmpShield.Gateway.Listening;

/// <summary>Reads bodies into memory within bounds: bytes as sent, bytes inflated, ratio, and the process's budget.</summary>
/// <param name="budget">What all buffered bodies share.</param>
public sealed class BodyReader(BufferBudget budget)
{
    /// <summary>
    /// Reads the request's body, decoded. <paramref name="authenticated"/> says which bound applies:
    /// <see cref="ListenerLimits.MaxUpBodyBytes"/>, or <see cref="ListenerLimits.MaxUnauthenticatedBodyBytes"/>.
    /// </summary>
    public ValueTask<BodyReadResult> ReadRequestAsync(HttpContext context, bool authenticated, CancellationToken cancellation) =>
        throw new NotSupportedException($"{budget.Capacity}");

    /// <summary>Reads and drops the request's body, so that a 401 can be answered on a kept connection; false when it exceeds the unauthenticated bound.</summary>
    public ValueTask<bool> DrainRequestAsync(HttpContext context, CancellationToken cancellation) =>
        throw new NotSupportedException($"{budget.Capacity}");

    /// <summary>Reads any body, the answer of an ACS for one; <paramref name="contentEncoding"/> is the header as it came, null when absent.</summary>
    public ValueTask<BodyReadResult> ReadAsync(Stream source, string? contentEncoding, BodyBounds bounds, CancellationToken cancellation) =>
        throw new NotSupportedException($"{budget.Capacity}");
}
