using CwmpShield.Core.Identity.Revocation;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Tests.Listening;
using Microsoft.AspNetCore.Http;

namespace CwmpShield.Gateway.Tests.Revocation;

/// <summary>OCSP at a real listener, answered by OpenSSL's responder.</summary>
public sealed class OcspTests : IDisposable
{
    private const string Ok = "HTTP/1.1 200 OK";
    private const string Unavailable = "HTTP/1.1 503 Service Unavailable";
    private readonly RevocationLab lab = new();

    public void Dispose() => lab.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Lets_a_device_in_once_the_responder_called_it_good(bool isDelegated)
    {
        await using var responder = await OpenSslResponder.StartAsync(lab.Tls, isDelegated);
        using var device = lab.Device();
        responder.Add(device);
        await using var host = await ListenerHost.StartAsync(lab.Listener(new() { OcspUrl = responder.Address, RequireOcspNonce = true }));

        Assert.Equal(Unavailable, await RevocationLab.AskAsync(host, device));
        await host.CountsAsync(CertificateReason.OcspPending, "tls");
        await AnswersAsync(host, "answered");

        Assert.Equal(Ok, await RevocationLab.AskAsync(host, device));
        Assert.Equal(1, responder.Asked);
    }

    [Fact]
    public async Task Refuses_an_open_connection_once_the_responder_called_it_revoked()
    {
        await using var responder = await OpenSslResponder.StartAsync(lab.Tls, isDelegated: true);
        using var device = lab.Device();
        responder.Add(device, isRevoked: true);
        await using var host = await ListenerHost.StartAsync(lab.Listener(new() { OcspUrl = responder.Address, Mode = RevocationMode.SoftFail }));

        await using var client = await RawClient.ConnectTlsAsync(host.Device, device);
        await AnswersAsync(host, "answered");

        Assert.Equal("HTTP/1.1 403 Forbidden", await RevocationLab.AskAsync(client));
        Assert.Equal("", await RevocationLab.AskAsync(host, device));
    }

    [Fact]
    public async Task Lets_no_device_in_that_the_responder_does_not_know()
    {
        await using var responder = await OpenSslResponder.StartAsync(lab.Tls, isDelegated: true);
        using var device = lab.Device();
        await using var host = await ListenerHost.StartAsync(lab.Listener(new() { OcspUrl = responder.Address }));

        await RevocationLab.AskAsync(host, device);
        await AnswersAsync(host, "answered");

        Assert.Equal(Unavailable, await RevocationLab.AskAsync(host, device));
        await host.CountsAsync(CertificateReason.RevocationUnknown, "tls");
    }

    [Theory]
    [InlineData(RevocationMode.HardFail, Unavailable)]
    [InlineData(RevocationMode.SoftFail, Ok)]
    public async Task Never_waits_for_a_responder_that_does_not_answer(RevocationMode mode, string expected)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var silent = await WebServer.StartAsync(async context =>
        {
            reached.TrySetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        using var device = lab.Device();
        await using var host = await ListenerHost.StartAsync(lab.Listener(new() { OcspUrl = silent.Address, Mode = mode }));

        Assert.Equal(expected, await RevocationLab.AskAsync(host, device));
        await reached.Task.WaitAsync(TimeSpan.FromSeconds(90));
        Assert.Equal(expected, await RevocationLab.AskAsync(host, device));
    }

    [Fact]
    public async Task Refuses_an_answer_that_is_played_back()
    {
        await using var responder = await OpenSslResponder.StartAsync(lab.Tls, isDelegated: true);
        using var device = lab.Device();
        responder.Add(device);
        var recorded = await RecordAsync(responder, device);
        await using var replaying = await WebServer.StartAsync(context => context.Response.Body.WriteAsync(recorded).AsTask());
        await using var host = await ListenerHost.StartAsync(lab.Listener(new() { OcspUrl = replaying.Address }));

        Assert.Equal(Unavailable, await RevocationLab.AskAsync(host, device));
        await AnswersAsync(host, RevocationReason.OcspNonceMismatch);
        Assert.Equal(Unavailable, await RevocationLab.AskAsync(host, device));
    }

    [Theory]
    [InlineData(StatusCodes.Status500InternalServerError, RevocationReason.OcspUnavailable)]
    [InlineData(StatusCodes.Status302Found, RevocationReason.OcspUnavailable)]
    [InlineData(StatusCodes.Status200OK, RevocationReason.OcspUnreadable)]
    public async Task Counts_a_responder_that_talks_rubbish(int status, string reason)
    {
        await using var broken = await WebServer.StartAsync(context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.Location = "/elsewhere";
            return context.Response.WriteAsync("rubbish");
        });
        using var device = lab.Device();
        await using var host = await ListenerHost.StartAsync(lab.Listener(new() { OcspUrl = broken.Address }));

        Assert.Equal(Unavailable, await RevocationLab.AskAsync(host, device));
        await AnswersAsync(host, reason);
    }

    [Fact]
    public async Task Takes_a_good_list_where_the_responder_is_silent()
    {
        await using var broken = await WebServer.StartAsync(context =>
        {
            context.Abort();
            return Task.CompletedTask;
        });
        using var device = lab.Device();
        await using var host = await ListenerHost.StartAsync(lab.Listener(new() { OcspUrl = broken.Address, CrlFiles = [lab.CrlPath] }));

        Assert.Equal(Ok, await RevocationLab.AskAsync(host, device));
        await AnswersAsync(host, RevocationReason.OcspUnavailable);
        Assert.Equal(Ok, await RevocationLab.AskAsync(host, device));
    }

    /// <summary>A genuine answer to somebody else's question about the device.</summary>
    private async Task<byte[]> RecordAsync(OpenSslResponder responder, System.Security.Cryptography.X509Certificates.X509Certificate2 device)
    {
        var authority = new IssuingAuthority(lab.Tls.Devices.Certificate);
        Assert.True(CertificateSerial.TryRead(device.SerialNumberBytes.Span, out var serial));
        using var client = new HttpClient();
        using var question = new ByteArrayContent(new OcspQuestion(authority, serial, new byte[32]).ToRequest());
        using var answer = await client.PostAsync(new Uri(responder.Address), question);
        return await answer.Content.ReadAsByteArrayAsync();
    }

    private static Task AnswersAsync(ListenerHost host, string outcome) => ListenerHost.EventuallyAsync(
        () => host.Metrics().Contains($"cwmpshield_ocsp_queries_total{{listener=\"tls\",outcome=\"{outcome}\"}}", StringComparison.Ordinal), outcome);
}
