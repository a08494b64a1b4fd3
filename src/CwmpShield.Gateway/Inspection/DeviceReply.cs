using Microsoft.AspNetCore.Http;

namespace CwmpShield.Gateway.Inspection;

/// <summary>Answers a device in the ACS's place.</summary>
internal static class DeviceReply
{
    /// <summary>200 with a SOAP message of the gateway's own: TR-069 3.4 sends faults with 200, too.</summary>
    public static async Task SoapAsync(HttpContext context, ReadOnlyMemory<byte> body)
    {
        context.Response.StatusCode = StatusCodes.Status200OK;
        context.Response.ContentType = "text/xml; charset=\"utf-8\"";
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    /// <summary>204: nothing more.</summary>
    public static Task EmptyAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }
}
