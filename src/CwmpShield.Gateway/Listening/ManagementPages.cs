using Microsoft.AspNetCore.Http;

namespace CwmpShield.Gateway.Listening;

/// <summary>What the management listener hands to the console.</summary>
/// <param name="AnswerAsync">Answers every request that is not for metrics or health.</param>
/// <param name="AdmitsAsync">Whether a request for metrics shows a token or a signed-in browser's cookie.</param>
internal sealed record ManagementPages(RequestDelegate AnswerAsync, Func<HttpContext, Task<bool>> AdmitsAsync);
