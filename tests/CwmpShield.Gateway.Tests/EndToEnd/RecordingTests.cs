using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Decisions;
using CwmpShield.Gateway.Inspection;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.Tests.Doubles;
using Microsoft.Extensions.DependencyInjection;

namespace CwmpShield.Gateway.Tests.EndToEnd;

/// <summary>Recorded traffic of two device stacks and a common open ACS, played through the gateway.</summary>
public sealed class RecordingTests
{
    private static readonly Regex DeviceIdText = new(
        "<OUI>(?<oui>[^<]*)</OUI>\\s*<ProductClass>(?<class>[^<]*)</ProductClass>\\s*<SerialNumber>(?<serial>[^<]*)<", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture);

    [Theory]
    [InlineData("01-first-contact")]
    [InlineData("02-get-params")]
    [InlineData("03-set-parameter-values")]
    [InlineData("04-download-ok")]
    [InlineData("05-reboot-unsupported-fault9000")]
    [InlineData("06-add-delete-object")]
    [InlineData("07-refresh-all")]
    [InlineData("20-easycwmp-boot-digest")]
    [InlineData("20b-easycwmp-restart")]
    [InlineData("21-easycwmp-refresh")]
    [InlineData("22-easycwmp-spv")]
    [InlineData("23-easycwmp-spv-readonly-skipped-by-acs")]
    [InlineData("24-easycwmp-reboot")]
    [InlineData("25-easycwmp-download")]
    [InlineData("26-easycwmp-gpv-single")]
    [InlineData("27-easycwmp-factory-reset")]
    [InlineData("28-easycwmp-seven-orders-one-session")]
    [InlineData("29-easycwmp-spv-fault9003")]
    public async Task Keeps_a_recorded_session_as_it_was(string folder)
    {
        var sessions = RecordedSession.Of(folder);
        Assert.NotEmpty(sessions);
        foreach (var session in sessions)
        {
            await PlayAsync(session.Exchanges, session.Exchanges);
        }
    }

    [Theory]
    [InlineData("09-download-denied-9001")]
    [InlineData("10-download-denied-retry")]
    [InlineData("30-easycwmp-download-denied-9001")]
    public async Task Refuses_the_recorded_downloads_and_the_device_sees_the_rest(string folder)
    {
        var atDevice = RecordedSession.Of(folder + "/cpe-side");
        var atAcs = RecordedSession.Of(folder + "/acs-side").TakeLast(atDevice.Count).ToList();
        Assert.NotEmpty(atDevice);
        for (var i = 0; i < atDevice.Count; i++)
        {
            await PlayAsync(atDevice[i].Exchanges, atAcs[i].Exchanges);
        }
    }

    /// <summary>Plays what the device said against what the ACS answered; each must see what it saw then.</summary>
    private static async Task PlayAsync(IReadOnlyList<RecordedExchange> atDevice, IReadOnlyList<RecordedExchange> atAcs)
    {
        var answers = new ConcurrentQueue<byte[]>(atAcs.Select(exchange => exchange.Answer));
        await using var server = new ScriptedAcs(_ => answers.TryDequeue(out var answer) ? new AcsAnswer(answer) : AcsAnswer.Die);
        await using var lab = await Lab.StartAsync(
            server, configure: builder => builder.Services.AddSingleton<InspectMessage>(atDevice.Count == atAcs.Count ? TestJudge.Inspect : DenyDownload));
        await using var device = await RegisterAsync(lab, atDevice[0].Request);

        foreach (var exchange in atDevice)
        {
            var saw = await device.PostAsync(exchange.Request);
            Assert.Equal((exchange.Status, exchange.Saw.Method, exchange.Saw.Id), (saw.Status, saw.Method, saw.Id));
        }

        Assert.Equal(atAcs.Select(Said), server.Received.Select(request => $"{request.Word} {request.Id}"));
        Assert.Equal(1, server.Connections);
    }

    private static string Said(RecordedExchange exchange)
    {
        var request = new AcsRequest(0, "", [], exchange.Request);
        return $"{request.Word} {request.Id}";
    }

    private static async Task<ScriptedDevice> RegisterAsync(Lab lab, string inform)
    {
        var match = DeviceIdText.Match(inform);
        var id = new DeviceId(match.Groups["oui"].Value, match.Groups["class"].Value, match.Groups["serial"].Value);
        await lab.Services.GetRequiredService<IDeviceRegistry>().AddAsync(new DeviceDraft { Device = id }, default);
        return await ScriptedDevice.ConnectAsync(lab.Door(), lab.Tls.Devices.IssueClient(id.ToString()), id.SerialNumber);
    }

    private static Core.Decisions.Inspection DenyDownload(in RawMessage raw, InspectionContext context)
    {
        var inspection = TestJudge.Inspect(raw, context);
        return inspection.Message is { Rpc: RpcKind.Download, Role: MessageRole.Request }
            ? inspection with { Decision = new Decision { Reasons = ["test-rule"] } }
            : inspection;
    }
}
