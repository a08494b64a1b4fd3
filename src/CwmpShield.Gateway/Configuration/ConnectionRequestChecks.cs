using System.Net;
using System.Security.Cryptography;
using CwmpShield.Core.ConnectionRequests;
using CwmpShield.Core.DataModel.Values;
using CwmpShield.Gateway.Listening;

namespace CwmpShield.Gateway.Configuration;

/// <summary>The broker of connection requests.</summary>
internal static class ConnectionRequestChecks
{
    private const int MaxPublicUrl = EndpointCheck.MaxLength - BrokerToken.Length;

    /// <summary>Adds what is wrong to <paramref name="problems"/>.</summary>
    public static void Run(string key, GatewayOptions gateway, ConfigurationProblems problems)
    {
        var options = gateway.ConnectionRequests;
        Endpoints($"{key}:Endpoints", options.Endpoints, problems);
        Calls($"{key}:Calls", options.Calls, problems);
        Limits($"{key}:Limits", options.Limits, problems);
        UdpRequestChecks.Run($"{key}:Udp", options, problems);
        if (options.IsOn)
        {
            Listener(key, options, problems);
            Neighbours(key, gateway, problems);
        }
    }

    /// <summary>Whether <paramref name="text"/> can stand before a token.</summary>
    internal static bool IsPublicUrl(string text) =>
        text.Length <= MaxPublicUrl && text.EndsWith('/')
        && UrlValue.TryParse(text, out var url) && url is { Scheme: "http" or "https", HasUserInfo: false, Query: "" }
        && text[text.IndexOf('/', url.Scheme.Length + 3)..].Equals(url.Path, StringComparison.Ordinal) && text.All(c => c is > ' ' and <= '~');

    private static void Listener(string key, ConnectionRequestOptions options, ConfigurationProblems problems)
    {
        problems.Require(
            IsPublicUrl(options.PublicUrl), $"{key}:PublicUrl", options.PublicUrl,
            $"an http or https URL that ends with a slash, without user, query or escapes, at most {MaxPublicUrl} characters (http://broker.example.net:7549/)");
        problems.Require(IPAddress.TryParse(options.Address, out _), $"{key}:Address", options.Address, "an IP address to bind");
        problems.Range($"{key}:Port", options.Port, 0, 65535);
        problems.Require(options.AcsNetworks.Count > 0, $"{key}:AcsNetworks", "", "the addresses or networks of the ACSs: nobody else may have devices called");
        Networks($"{key}:AcsNetworks", options.AcsNetworks, problems);
        var isTls = options.Certificate.Path.Length > 0;
        if (isTls)
        {
            CertificateChecks.Load($"{key}:Certificate", options.Certificate, problems);
        }

        problems.Require(
            options.ClientCaPath.Length == 0 || isTls, $"{key}:ClientCaPath", options.ClientCaPath, "nothing without Certificate: client certificates need TLS");
        Bundle($"{key}:ClientCaPath", options.ClientCaPath, problems);
        problems.Require(
            options.RequireDeviceLogin || options.ClientCaPath.Length > 0,
            $"{key}:RequireDeviceLogin",
            options.RequireDeviceLogin,
            "true, or a ClientCaPath by which ACSs prove themselves");
        problems.Require(options.Challenge != HttpChallenge.Basic || isTls, $"{key}:Challenge", options.Challenge, "digest-md5 or digest-sha256 without TLS");
    }

    private static void Neighbours(string key, GatewayOptions gateway, ConfigurationProblems problems)
    {
        var options = gateway.ConnectionRequests;
        var taken = gateway.Listeners.Any(listener => ListenerPairChecks.SamePlace(listener.Address, listener.Port, options.Address, options.Port))
            || ListenerPairChecks.SamePlace(gateway.Management.Address, gateway.Management.Port, options.Address, options.Port);
        problems.Require(!taken, $"{key}:Port", options.Port, "another port than those of the device listeners and the management listener");
    }

    private static void Endpoints(string key, EndpointOptions options, ConfigurationProblems problems)
    {
        Networks($"{key}:AccessNetworks", options.AccessNetworks, problems);
        Networks($"{key}:ManagementNetworks", options.ManagementNetworks, problems);
        Each($"{key}:Ports", options.Ports, text => PortRange.TryParse(text, out _), "a port or a range (7547, 1024-65535)", problems);
        Each($"{key}:Tr064Ports", options.Tr064Ports, text => PortRange.TryParse(text, out _), "a port or a range (49000, 5000-5001)", problems);
        Each($"{key}:Paths", options.Paths, text => text.StartsWith('/'), "the beginning of a path (/cwmp/)", problems);
        Each($"{key}:Tr064Paths", options.Tr064Paths, text => text.Trim('/').Length > 0 && text.StartsWith('/'), "a path segment (/UD/, /tr064)", problems);
    }

    private static void Calls(string key, DeviceCallOptions calls, ConfigurationProblems problems)
    {
        problems.Range($"{key}:ConnectTime", calls.ConnectTime, TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(30));
        problems.Range($"{key}:TotalTime", calls.TotalTime, TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(60));
        problems.Require(calls.TotalTime >= calls.ConnectTime || problems.Has($"{key}:ConnectTime"), $"{key}:TotalTime", calls.TotalTime, "no less than ConnectTime");
        problems.Range($"{key}:MaxAnswerBytes", calls.MaxAnswerBytes, 1 << 10, 1 << 20);
        Bundle($"{key}:DeviceCaPath", calls.DeviceCaPath, problems);
    }

    private static void Limits(string key, ConnectionRequestLimits limits, ConfigurationProblems problems)
    {
        problems.Range($"{key}:PerDevicePerMinute", limits.PerDevicePerMinute, 1, 6000);
        problems.Range($"{key}:PerAcsPerSecond", limits.PerAcsPerSecond, 1, 1_000_000);
        problems.Range($"{key}:FleetPerSecond", limits.FleetPerSecond, 1, 1_000_000);
        problems.Range($"{key}:MaxCalls", limits.MaxCalls, 1, 100_000);
        problems.Range($"{key}:CoalesceTime", limits.CoalesceTime, TimeSpan.Zero, TimeSpan.FromMinutes(5));
        problems.Range($"{key}:AnswerTime", limits.AnswerTime, TimeSpan.FromSeconds(5), TimeSpan.FromHours(1));
    }

    private static void Networks(string key, IReadOnlyList<string> texts, ConfigurationProblems problems) =>
        Each(key, texts, text => IpValue.TryParse(text, out _), "an address or a network (198.51.100.0/24)", problems);

    private static void Each(string key, IReadOnlyList<string> texts, Func<string, bool> isGood, string expected, ConfigurationProblems problems)
    {
        for (var i = 0; i < texts.Count; i++)
        {
            problems.Require(isGood(texts[i]), $"{key}:{i}", texts[i], expected);
        }
    }

    private static void Bundle(string key, string path, ConfigurationProblems problems)
    {
        if (path.Length == 0)
        {
            return;
        }

        try
        {
            ClientCaBundle.Load(path);
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException or CryptographicException)
        {
            problems.Add(key, path, $"a PEM bundle with a root certificate ({broken.Message})");
        }
    }
}
