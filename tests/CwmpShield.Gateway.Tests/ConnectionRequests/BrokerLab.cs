using System.Diagnostics;
using System.Net;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Identity;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.ConnectionRequests;
using CwmpShield.Gateway.Listening;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.Tests.Doubles;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace CwmpShield.Gateway.Tests.ConnectionRequests;

/// <summary>A gateway with a broker on loopback, where devices may be called on loopback alone.</summary>
internal sealed class BrokerLab : IAsyncDisposable
{
    public const string User = "cr user";
    public const string Password = "pässword \"quoted\"";
    public const string PublicUrl = "http://broker.example.net:7549/cr/";

    private static readonly ConnectionRequestOptions Defaults = new()
    {
        PublicUrl = PublicUrl,
        Port = 0,
        AcsNetworks = ["127.0.0.1"],
        Endpoints = new EndpointOptions { AccessNetworks = ["127.0.0.0/8"], ManagementNetworks = ["127.9.0.0/16"] },
        Limits = new ConnectionRequestLimits { PerDevicePerMinute = 600, CoalesceTime = TimeSpan.Zero },
    };

    private readonly ScriptedAcs server;
    private readonly SecretSeal seal;

    private BrokerLab(Lab lab, QueueingAcs acs, SecretSeal seal) => (Lab, Acs, server, this.seal) = (lab, acs, acs.Server, seal);

    public Lab Lab { get; }

    public QueueingAcs Acs { get; }

    public IPEndPoint Door => Lab.Services.GetRequiredService<BoundEndpoints>().Broker;

    public EndpointStore Endpoints => Lab.Services.GetRequiredService<EndpointStore>();

    public static async Task<BrokerLab> StartAsync(
        Func<ConnectionRequestOptions, ConnectionRequestOptions>? change = null,
        Func<GatewayOptions, GatewayOptions>? options = null,
        Action<WebApplicationBuilder>? configure = null)
    {
        var acs = QueueingAcs.Start();
        var secrets = new SecretSeal(MasterKey.Create());
        var lab = await Lab.StartAsync(
            acs.Server,
            plain => (options?.Invoke(plain) ?? plain) with { ConnectionRequests = change?.Invoke(Defaults) ?? Defaults },
            builder =>
            {
                builder.Services.AddSingleton(secrets);
                configure?.Invoke(builder);
            });
        return new BrokerLab(lab, acs, secrets);
    }

    public async Task<long> KeyAsync(string serial) => (await Lab.Services.GetRequiredService<IDeviceRegistry>().FindAsync(Id(serial), default))!.Device.Key;

    public static DeviceId Id(string serial) => new(Lab.Oui, Lab.ProductClass, serial);

    /// <summary>Gives the registry a device's connection-request credentials.</summary>
    public async Task KnowAsync(string serial, string password = Password, string purpose = "connection-request", string? user = User)
    {
        var key = await KeyAsync(serial);
        var secret = seal.Close(new StoredSecret.Password(System.Text.Encoding.UTF8.GetBytes(password)), key, purpose);
        await Lab.Store.WriteAsync(
            commands => commands.ExecuteAsync(
                "INSERT INTO device_secret (device_id, purpose, sealed, user_name) VALUES (@id, @purpose, @sealed, @user)",
                ("@id", key), ("@purpose", purpose), ("@sealed", secret), ("@user", user)),
            default);
    }

    /// <summary>Has a device inform its URL; what the ACS was told in its place.</summary>
    public async Task<string> InformAsync(string url, string serial = "1", string @event = "2 PERIODIC", string? udp = null)
    {
        await using var device = await Lab.DeviceAsync(serial);
        Assert.Equal("InformResponse", (await device.PostAsync(Inform(serial, url, @event, udp))).Method);
        await device.EmptyAsync();
        await Lab.QuietAsync();
        return Reported(server.Received.Last(request => request.Method == "Inform").Body, "ConnectionRequestURL");
    }

    /// <summary>Has a device inform its URL with the credentials known; the path of the broker's URL for it.</summary>
    public async Task<string> LearnAsync(string url, string serial = "1")
    {
        await KnowAsync(serial);
        return PathOf(await InformAsync(url, serial));
    }

    public static string PathOf(string brokerUrl)
    {
        Assert.StartsWith(PublicUrl, brokerUrl, StringComparison.Ordinal);
        return "/cr/" + brokerUrl[PublicUrl.Length..];
    }

    public static string Inform(string serial, string url, string @event = "2 PERIODIC", string? udp = null) => Soap.Inform(serial, "1", @event).Replace(
        "</ParameterList>",
        $"""<ParameterValueStruct><Name>InternetGatewayDevice.ManagementServer.ConnectionRequestURL</Name><Value xsi:type="xsd:string">{WebUtility.HtmlEncode(url)}</Value></ParameterValueStruct>{(udp is null ? "" : $"""<ParameterValueStruct><Name>InternetGatewayDevice.ManagementServer.UDPConnectionRequestAddress</Name><Value xsi:type="xsd:string">{udp}</Value></ParameterValueStruct>""")}</ParameterList>""",
        StringComparison.Ordinal);

    public static string Reported(string body, string parameter)
    {
        var at = body.IndexOf(parameter + "</Name>", StringComparison.Ordinal);
        Assert.True(at >= 0, body);
        var begin = body.IndexOf('>', body.IndexOf("<Value", at, StringComparison.Ordinal)) + 1;
        return WebUtility.HtmlDecode(body[begin..body.IndexOf('<', begin)]);
    }

    /// <summary>Asks the broker as curl does; the status and the reason.</summary>
    public Task<(int Status, string Reason)> CurlAsync(string path, params string[] options) =>
        CurlUrlAsync($"http://{Door}{path}", options.Length > 0 ? options : ["--digest", "-u", $"{User}:{Password}"]);

    /// <summary>Asks the broker over TLS.</summary>
    public Task<(int Status, string Reason)> CurlTlsAsync(string path, string[] options) => CurlUrlAsync($"https://{Door}{path}", ["-k", .. options]);

    /// <summary>Asks the broker, as its forward proxy, for a device's own URL.</summary>
    public Task<(int Status, string Reason)> ProxiedAsync(string url) =>
        CurlUrlAsync(url, ["--proxy", $"http://{Door}", "--digest", "-u", $"{User}:{Password}"]);

    public async ValueTask DisposeAsync()
    {
        await Lab.DisposeAsync();
        await server.DisposeAsync();
    }

    private static async Task<(int Status, string Reason)> CurlUrlAsync(string url, string[] options)
    {
        var start = new ProcessStartInfo("curl") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["-q", "-s", "-o", "/dev/null", "-m", "30", "--noproxy", "", "-w", "%{http_code} %header{x-cwmpshield-reason}", .. options, url])
        {
            start.ArgumentList.Add(argument);
        }

        using var curl = Process.Start(start)!;
        var output = await curl.StandardOutput.ReadToEndAsync();
        await curl.WaitForExitAsync();
        var words = output.Split(' ');
        return (int.Parse(words[0], System.Globalization.CultureInfo.InvariantCulture), words[1]);
    }
}
