using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CwmpShield.Bench.Peers;

/// <summary>The ACS that every proxy forwards to: answers by what it is sent and keeps nothing; what it does not expect is an error.</summary>
internal static class BenchAcs
{
    private static readonly byte[] InformResponse = CwmpScript.InformResponse();
    private static readonly byte[] GetValues = CwmpScript.GetValues();
    private static readonly byte[] SetValues = CwmpScript.SetValues();
    private static readonly byte[] GetNames = CwmpScript.GetNames();
    private static int orders;

    /// <summary>Listens on a free port, says which on standard output, and serves until standard input ends.</summary>
    public static async Task ServeAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddLogging();
        await using var app = builder.Build();
        app.Run(AnswerAsync);
        await ChildProcess.ServeAsync(app);
    }

    private static async Task AnswerAsync(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        if (!HttpMethods.IsPost(request.Method))
        {
            response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            return;
        }

        var body = new byte[request.ContentLength ?? 0];
        await request.Body.ReadExactlyAsync(body);
        var (answer, isOrder) = Answer(body);
        if (answer is null)
        {
            response.StatusCode = isOrder ? StatusCodes.Status500InternalServerError : StatusCodes.Status204NoContent;
            return;
        }

        if (answer == InformResponse)
        {
            response.Headers.SetCookie = "JSESSIONID=0123456789abcdef0123456789abcdef; Path=/; HttpOnly";
        }

        response.ContentType = "text/xml; charset=\"utf-8\"";
        response.ContentLength = answer.Length;
        await response.Body.WriteAsync(Addressed(answer, isOrder ? NewId() : IdOf(body)));
    }

    /// <summary>The answer to a message: null and false for 204, null and true for what is not expected.</summary>
    private static (byte[]? Answer, bool IsOrder) Answer(ReadOnlySpan<byte> body)
    {
        if (body.IsEmpty)
        {
            return (GetValues, true);
        }

        if (Says(body, CwmpScript.End))
        {
            return (null, false);
        }

        return Says(body, "SetParameterValuesResponse>") ? (GetNames, true)
            : Says(body, CwmpScript.Set) ? (SetValues, true)
            : Says(body, CwmpScript.Get) ? (GetValues, true)
            : Says(body, "Inform>") ? (InformResponse, false)
            : (null, true);
    }

    private static bool Says(ReadOnlySpan<byte> body, string word) => body.IndexOf(Encoding.ASCII.GetBytes(word)) >= 0;

    private static byte[] NewId() => Encoding.ASCII.GetBytes((Interlocked.Increment(ref orders) % 100_000_000).ToString("D8", CultureInfo.InvariantCulture));

    private static byte[] IdOf(ReadOnlySpan<byte> body) => ScriptedId.Find(body).ToArray();

    private static byte[] Addressed(byte[] message, ReadOnlySpan<byte> id)
    {
        var copy = message.ToArray();
        ScriptedId.Put(copy, id);
        return copy;
    }
}
