using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Tests.Doubles;
using CwmpShield.Gateway.Tests.Listening;

namespace CwmpShield.Gateway.Tests.EndToEnd;

/// <summary>Many connections of few devices doing whatever they like: nothing leaks, nothing hangs, nobody gets another's orders.</summary>
public sealed class StressTests
{
    private const int Workers = 18;
    private const int Steps = 14;

    [Fact]
    public async Task Ends_every_session_whatever_its_device_does()
    {
        var ids = 0;
        await using var server = new ScriptedAcs(request => request.Word switch
        {
            "Inform" => AcsAnswer.Soap(Soap.InformResponse(request.Id)),
            "TransferComplete" => AcsAnswer.Soap(Soap.TransferCompleteResponse(request.Id)),
            _ => (Interlocked.Increment(ref ids) % 5) switch
            {
                0 => AcsAnswer.Done,
                1 => AcsAnswer.Soap(Soap.RogueDownload($"o{ids}")),
                2 => AcsAnswer.Die,
                _ => AcsAnswer.Soap(Soap.GetParameterValues($"o{request.Connection}")),
            },
        });
        await using var lab = await Lab.StartAsync(server, options => options with
        {
            Listeners = [options.Listeners[0] with { Limits = new ListenerLimits { SessionIdleTime = TimeSpan.FromSeconds(2), MaxHandshakesPerAddress = 256 } }],
        });

        await Task.WhenAll(Enumerable.Range(1, Workers).Select(worker => MisbehaveAsync(lab, (uint)worker)));

        await lab.QuietAsync();
        await ListenerHost.EventuallyAsync(() => lab.Metrics().Contains("cwmpshield_sessions_active 0", StringComparison.Ordinal), "no session active");
        Assert.DoesNotContain("gateway-error", lab.Metrics(), StringComparison.Ordinal);
        Assert.DoesNotContain(server.Received, request => request.Body.Contains("evil", StringComparison.Ordinal));
    }

    private static async Task MisbehaveAsync(Lab lab, uint seed)
    {
        await using var device = await lab.DeviceAsync((seed % 3 + 1).ToString(System.Globalization.CultureInfo.InvariantCulture));
        var order = "";
        for (var step = 0; step < Steps; step++)
        {
            seed = seed * 1664525 + 1013904223;
            var body = (seed >> 16 & 7) switch
            {
                0 or 1 => Soap.Inform(device.Serial),
                2 or 3 => "",
                4 => Soap.TransferComplete("t"),
                5 => Soap.Fault(order, 9002),
                _ => Soap.GetParameterValuesResponse(order),
            };
            if ((seed >> 24 & 15) == 0)
            {
                await device.SendAsync(body);
                await device.ReconnectAsync();
                continue;
            }

            var answer = await device.PostAsync(body);
            Assert.True(answer.Status is 0 or 200 or 204 or 400 or 403 or 503, $"{answer.Status}");
            Assert.DoesNotContain("Download", answer.Body, StringComparison.Ordinal);
            order = answer.Method == "GetParameterValues" ? answer.Id : order;
            if (answer.Status is not (200 or 204))
            {
                await device.ReconnectAsync();
            }
        }
    }
}
