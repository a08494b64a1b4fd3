using System.Net;
using CwmpShield.Soak.Rig;
using CwmpShield.Soak.Strangers;

namespace CwmpShield.Gateway.Tests.Hostile;

/// <summary>A device that is gone in one of the states of a connection or a session, by a reset or silently, and comes back.</summary>
[Collection(HostileGroup.Name)]
public sealed class VanishingDeviceTests(HostileRig hostile)
{
    private const string Serial = "H12";
    private readonly TestRig rig = hostile.Rig;

    [Theory]
    [InlineData("connected")]
    [InlineData("in the handshake")]
    [InlineData("after the handshake")]
    [InlineData("in the headers")]
    [InlineData("in the body")]
    [InlineData("before the InformResponse")]
    [InlineData("after the InformResponse")]
    [InlineData("before its order")]
    [InlineData("with an order to answer")]
    [InlineData("in its answer")]
    [InlineData("before the end")]
    public async Task Serves_it_again_at_once_and_forgets_what_it_left(string state)
    {
        foreach (var reset in (bool[])[true, false])
        {
            await VanishAsync(state, reset);
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(90));
            await Listening.ListenerHost.EventuallyAsync(
                async () => await HonestFleet.SessionAsync(
                    rig.Gateway.Door("fleet"), IPAddress.Parse("127.7.8.2"), rig.Folder.CertificateOf(Serial), Serial, patience.Token) is null,
                "a whole session");
        }

        await Listening.ListenerHost.EventuallyAsync(
            async () =>
            {
                var metrics = await rig.Gateway.MetricsAsync();
                return metrics.Sum("cwmpshield_sessions_active") == 0 && metrics.Sum("cwmpshield_connections_active", "listener=\"fleet\"") == 0;
            },
            "the end of every session and connection");
    }

    private async Task VanishAsync(string state, bool reset)
    {
        var secure = state is not ("connected" or "in the handshake");
        await using var line = secure
            ? await Line.OpenTlsAsync(rig.Gateway.Door("fleet"), IPAddress.Parse("127.7.8.2"), rig.Folder.CertificateOf(Serial), default)
            : await Line.OpenAsync(rig.Gateway.Door("fleet"), IPAddress.Parse("127.7.8.2"), default);
        await GoThereAsync(line, state);
        if (reset)
        {
            line.Reset();
        }
    }

    private static async Task GoThereAsync(Line line, string state)
    {
        var inform = Messages.Post(Messages.Inform(Serial));
        switch (state)
        {
            case "connected" or "after the handshake":
                return;
            case "in the handshake":
                await line.SendAsync(ClientHello.Record().AsMemory(0, 100), default);
                return;
            case "in the headers":
                await line.SendAsync(inform.AsMemory(0, 40), default);
                return;
            case "in the body":
                await line.SendAsync(inform.AsMemory(0, inform.Length - 200), default);
                return;
        }

        await line.SendAsync(inform, default);
        if (state == "before the InformResponse")
        {
            return;
        }

        Assert.Equal(200, (await line.ReadAsync(default)).Status);
        if (state == "after the InformResponse")
        {
            return;
        }

        await line.SendAsync(Messages.Post(""), default);
        if (state == "before its order")
        {
            return;
        }

        var answer = Messages.Post(Messages.GetParameterValuesResponse(Messages.IdOf((await line.ReadAsync(default)).Body)));
        var length = state switch { "with an order to answer" => 0, "in its answer" => answer.Length - 50, _ => answer.Length };
        await line.SendAsync(answer.AsMemory(0, length), default);
    }
}
