using System.Collections.Concurrent;
using CwmpShield.Core.Identity.Revocation;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Tests.Listening;
using Microsoft.AspNetCore.Http;

namespace CwmpShield.Gateway.Tests.Revocation;

/// <summary>Revocation lists from an address.</summary>
public sealed class CrlAddressTests : IDisposable
{
    private const string Tag = "\"one\"";
    private readonly RevocationLab lab = new();
    private readonly ConcurrentQueue<string> asked = new();

    public void Dispose() => lab.Dispose();

    [Fact]
    public async Task Refuses_who_is_named_by_a_list_that_comes_later_and_asks_conditionally()
    {
        using var device = lab.Device();
        var (tag, content) = (Tag, lab.Sign(TimeSpan.FromDays(1)));
        await using var server = await WebServer.StartAsync(context =>
        {
            var known = context.Request.Headers.IfNoneMatch.ToString();
            asked.Enqueue(known);
            context.Response.Headers.ETag = tag;
            context.Response.StatusCode = known == tag ? StatusCodes.Status304NotModified : StatusCodes.Status200OK;
            return known == tag ? Task.CompletedTask : context.Response.WriteAsync(content);
        });
        await using var host = await ListenerHost.StartAsync(Listener(server));
        await ListenerHost.EventuallyAsync(() => asked.Contains(Tag), "a conditional request");
        await using var client = await RawClient.ConnectTlsAsync(host.Device, device);
        Assert.Equal("HTTP/1.1 200 OK", await RevocationLab.AskAsync(client));

        content = lab.Sign(TimeSpan.FromDays(1), device);
        tag = "\"two\"";
        await ListenerHost.EventuallyAsync(() => host.Metrics().Contains("cwmpshield_crl_entries{listener=\"tls\",issuer=\"CN=Operator devices\"} 1", StringComparison.Ordinal), "the new list");

        Assert.Equal("HTTP/1.1 403 Forbidden", await RevocationLab.AskAsync(client));
    }

    [Fact]
    public async Task Follows_no_redirect()
    {
        await using var server = await WebServer.StartAsync(context =>
        {
            asked.Enqueue(context.Request.Path);
            context.Response.Redirect("/elsewhere");
            return Task.CompletedTask;
        });
        await using var host = await ListenerHost.StartAsync(Listener(server));
        await LoadsAsync(host, RevocationReason.CrlUnavailable);
        Assert.DoesNotContain("/elsewhere", asked);
    }

    [Fact]
    public async Task Refuses_a_list_that_is_too_large()
    {
        await using var server = await WebServer.StartAsync(async context =>
        {
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.Body.WriteAsync(new byte[1 << 16], context.RequestAborted);
            }
        });
        await using var host = await ListenerHost.StartAsync(Listener(server));
        await LoadsAsync(host, RevocationReason.CrlUnavailable);
    }

    [Fact]
    public async Task Refuses_a_list_that_no_authority_of_the_bundle_signed()
    {
        using var stranger = CwmpShield.Gateway.Identity.LabCertificateAuthority.CreateRoot(TlsLab.DeviceCaName);
        var forged = CwmpShield.Gateway.Revocation.LabRevocationList.Empty().Sign(stranger, TimeProvider.System.GetUtcNow(), TimeSpan.FromDays(1));
        await using var server = await WebServer.StartAsync(context => context.Response.WriteAsync(forged));
        await using var host = await ListenerHost.StartAsync(Listener(server));
        using var device = lab.Device();

        await LoadsAsync(host, RevocationReason.CrlIssuerUnknown);
        Assert.Equal("HTTP/1.1 503 Service Unavailable", await RevocationLab.AskAsync(host, device));
    }

    private ListenerOptions Listener(WebServer server) =>
        lab.Listener(new() { CrlUrls = [server.Address + "/devices.crl"], RefreshInterval = TimeSpan.FromSeconds(1), MaxCrlBytes = 1 << 20 });

    private static Task LoadsAsync(ListenerHost host, string outcome) => ListenerHost.EventuallyAsync(
        () => host.Metrics().Contains($"cwmpshield_crl_loads_total{{listener=\"tls\",outcome=\"{outcome}\"}}", StringComparison.Ordinal), outcome);
}
