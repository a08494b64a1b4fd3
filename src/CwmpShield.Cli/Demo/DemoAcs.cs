using System.Collections.Concurrent;
using System.Text;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CwmpShield.Cli.Demo;

/// <summary>
/// An ACS as insecure as they come: whoever can write into its queue commands every device. Like common ACSs it ties a
/// session to the TCP connection and believes the DeviceId of the Inform.
/// </summary>
internal sealed class DemoAcs : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentDictionary<string, Session> sessions = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ConcurrentQueue<string>> orders = new(StringComparer.Ordinal);

    private DemoAcs(WebApplication app) => this.app = app;

    /// <summary>What the ACS was told in answer to an order: the serial number, and the response's name or the fault.</summary>
    public ConcurrentQueue<(string Serial, string Answer)> Answers { get; } = new();

    /// <summary>Serial numbers of the Informs that reached the ACS.</summary>
    public ConcurrentQueue<string> Informed { get; } = new();

    /// <summary>The address to forward to.</summary>
    public string Address => app.Urls.First();

    /// <summary>Starts the ACS on a free loopback port.</summary>
    public static async Task<DemoAcs> StartAsync(CancellationToken cancellation)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var host = builder.Build();
        var acs = new DemoAcs(host);
        host.Run(acs.AnswerAsync);
        await host.StartAsync(cancellation);
        return acs;
    }

    /// <summary>Queues a body entry for the device's next session.</summary>
    public void Order(string serial, string entry) => orders.GetOrAdd(serial, _ => new()).Enqueue(entry);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var session = sessions.GetOrAdd(context.Connection.Id, _ => new Session());
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        if (body.Length > 0 && Read(body.ToArray()) is { } message)
        {
            if (message.Rpc == RpcKind.Inform && message.Device is { } device)
            {
                session.Serial = device.SerialNumber;
                Informed.Enqueue(device.SerialNumber);
                await SendAsync(context, DemoSoap.Envelope(message.Id ?? "", "<cwmp:InformResponse><MaxEnvelopes>1</MaxEnvelopes></cwmp:InformResponse>"));
                return;
            }

            if (message.Rpc == RpcKind.TransferComplete)
            {
                await SendAsync(context, DemoSoap.Envelope(message.Id ?? "", "<cwmp:TransferCompleteResponse></cwmp:TransferCompleteResponse>"));
                return;
            }

            Answers.Enqueue((session.Serial, message.Fault is { } fault ? $"fault {fault.Code} {fault.Text}" : message.Name));
        }

        if (orders.TryGetValue(session.Serial, out var queue) && queue.TryDequeue(out var order))
        {
            session.Orders++;
            await SendAsync(context, DemoSoap.Envelope($"{session.Serial}-{session.Orders}", order));
            return;
        }

        sessions.TryRemove(context.Connection.Id, out _);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        context.Response.Headers.Connection = "close";
    }

    private static CwmpMessage? Read(byte[] body) =>
        SoapReader.TryRead(body, "text/xml", SoapLimits.FromDevice, out var envelope, out _)
        && CwmpMessageReader.TryRead(envelope!, Direction.CpeToAcs, out var message, out _)
            ? message
            : null;

    private static async Task SendAsync(HttpContext context, string envelope)
    {
        context.Response.ContentType = "text/xml; charset=\"utf-8\"";
        var bytes = Encoding.UTF8.GetBytes(envelope);
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
    }

    private sealed class Session
    {
        public string Serial { get; set; } = "";

        public int Orders { get; set; }
    }
}
