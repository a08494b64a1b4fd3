using System.Diagnostics;
using System.Globalization;
using System.Net;
using CwmpShield.Gateway.Tests.Configuration;
using CwmpShield.Gateway.Tests.Doubles;
using static CwmpShield.Gateway.Tests.Doubles.CredentialLab;

namespace CwmpShield.Gateway.Tests.Credentials;

/// <summary>A gateway that is killed in the middle of a rotation, as a process: the device gets in with what it has, whichever that is.</summary>
public sealed class KilledGatewayTests : IAsyncLifetime, IDisposable
{
    private const string New = "n3w-Secret-1";

    private readonly ConfigurationLab files = new();
    private readonly CheckingAcs acs = new();
    private readonly List<Process> started = [];

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var process in started)
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }

        await acs.DisposeAsync();
    }

    public void Dispose() => files.Dispose();

    [Fact]
    public async Task Lets_old_and_new_in_after_it_was_killed_between_order_and_answer()
    {
        await ConfigureAsync();
        var (process, door) = await StartAsync();
        acs.Order(Set(("Device.ManagementServer.Password", New)));
        await using (var device = await DeviceAsync(door, "pw7"))
        {
            await device.InformAsync();
            Assert.Equal("SetParameterValues", (await device.EmptyAsync()).Method);
            process.Kill();
            await process.WaitForExitAsync();
        }

        (_, door) = await StartAsync();
        Assert.Equal(200, await LogInAsync(door, "pw7"));
        Assert.Equal(200, await LogInAsync(door, New));
        Assert.Equal(401, await EventuallyRefusedAsync(door, "pw7"));
        Assert.Equal(200, await LogInAsync(door, New));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(10)]
    public async Task Lets_the_device_in_after_it_was_killed_while_the_answer_was_written_down(int milliseconds)
    {
        await ConfigureAsync();
        var (process, door) = await StartAsync();
        acs.Order(Set(("Device.ManagementServer.Password", New)));
        await using (var device = await DeviceAsync(door, "pw7"))
        {
            await device.InformAsync();
            var order = await device.EmptyAsync();
            await device.SendAsync(SetResponse(order.Id));
            await Task.Delay(milliseconds);
            process.Kill();
            await process.WaitForExitAsync();
        }

        (_, door) = await StartAsync();

        // The device has taken the new one, whatever the gateway has heard of it.
        Assert.Equal(200, await LogInAsync(door, New));
        Assert.Equal(401, await EventuallyRefusedAsync(door, "pw7"));
    }

    private async Task ConfigureAsync()
    {
        files.Write("rules/site.yaml", "cwmpshield: 1\nrules: []");
        files.Write("gateway.json", $$"""
            {
              "CwmpShield": {
                "Listeners": [{
                  "Name": "fleet", "Address": "127.0.0.1", "Port": 0, "ClientCertificates": "none",
                  "Certificate": { "Path": "server.pem", "KeyPath": "server.key" },
                  "Identity": { "Require": "credential", "Challenge": "basic", "UserPattern": "{serial}" }
                }],
                "Store": { "Path": "registry.db", "KeyFile": "master.key" },
                "Management": { "Port": 0 }
              },
              "ReverseProxy": { "Clusters": { "acs": { "Destinations": { "one": { "Address": "{{acs.Server.Address}}" } } } } }
            }
            """);
        files.Write("password", "pw7");
        var added = await CommandLine.RunAsync(
            "device", "add", $"{Lab.Oui}-{Lab.ProductClass}-7", "--password-file", files.At("password"),
            "--store", files.At("registry.db"), "--key-file", files.At("master.key"));
        Assert.True(added.Exit == 0, added.Error);
    }

    private async Task<(Process Process, IPEndPoint Door)> StartAsync()
    {
        var process = CommandLine.Start("run", "--config", files.At("gateway.json"));
        started.Add(process);
        var errors = process.StandardError.ReadToEndAsync();
        var line = await process.StandardOutput.ReadLineAsync() ?? await errors;
        Assert.StartsWith("fleet: https://127.0.0.1:", line, StringComparison.Ordinal);
        return (process, new IPEndPoint(IPAddress.Loopback, int.Parse(line[(line.LastIndexOf(':') + 1)..].TrimEnd('/'), CultureInfo.InvariantCulture)));
    }

    private static async Task<ScriptedDevice> DeviceAsync(IPEndPoint door, string password)
    {
        var device = await ScriptedDevice.ConnectAsync(door, null, "7", tls: true);
        device.Headers = Basic("7", password);
        return device;
    }

    private static async Task<int> LogInAsync(IPEndPoint door, string password)
    {
        await using var device = await DeviceAsync(door, password);
        var answer = await device.PostAsync(Soap.Inform("7"));
        if (answer.Status == 200)
        {
            Assert.Equal(204, (await device.EmptyAsync()).Status);
        }

        return answer.Status;
    }

    /// <summary>The end of a session is written down behind its last answer: the old password is refused a moment later.</summary>
    private static async Task<int> EventuallyRefusedAsync(IPEndPoint door, string password)
    {
        for (var i = 0; i < 100; i++)
        {
            await using var device = await DeviceAsync(door, password);
            if ((await device.PostAsync(Soap.Inform("7"))).Status == 401)
            {
                return 401;
            }

            await Task.Delay(100);
        }

        return 0;
    }
}
