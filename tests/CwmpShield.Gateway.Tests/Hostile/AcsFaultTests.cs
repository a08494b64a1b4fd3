using System.Net;
using CwmpShield.Soak.Rig;

namespace CwmpShield.Gateway.Tests.Hostile;

/// <summary>An ACS that fails in the middle of a fleet's work: devices are told 503 in bounded time, and are served as soon as it is well.</summary>
[Collection(HostileGroup.Name)]
public sealed class AcsFaultTests(HostileRig hostile)
{
    private readonly TestRig rig = hostile.Rig;

    [Theory]
    [InlineData(AcsMood.Hung)]
    [InlineData(AcsMood.Resetting)]
    [InlineData(AcsMood.Garbage)]
    [InlineData(AcsMood.Half)]
    [InlineData(AcsMood.WrongLength)]
    internal async Task Answers_503_while_the_ACS_fails_and_goes_on_when_it_is_well(AcsMood mood)
    {
        rig.Acs.Mood = mood;
        try
        {
            Assert.Equal("Inform: 503", await SessionAsync(1));
        }
        finally
        {
            rig.Acs.Mood = AcsMood.Well;
        }

        await RecoversAsync();
    }

    [Fact]
    public async Task Waits_for_an_ACS_that_is_slow()
    {
        rig.Acs.Mood = AcsMood.Slow;
        try
        {
            Assert.Null(await SessionAsync(1));
        }
        finally
        {
            rig.Acs.Mood = AcsMood.Well;
        }
    }

    [Fact]
    public async Task Answers_503_to_a_session_whose_ACS_was_killed_and_to_new_ones_until_it_is_back()
    {
        await using (var line = await OpenAsync(2))
        {
            Assert.Equal(200, (await line.AskAsync(Messages.Post(Messages.Inform(HonestFleet.Serial(2))), default)).Status);
            await rig.Acs.KillAsync();
            try
            {
                Assert.Equal(503, (await line.AskAsync(Messages.Post(""), default)).Status);
                Assert.Equal("Inform: 503", await SessionAsync(3));
            }
            finally
            {
                rig.Acs.Restart();
            }
        }

        await RecoversAsync();
    }

    private async Task RecoversAsync()
    {
        await Listening.ListenerHost.EventuallyAsync(async () => await SessionAsync(1) is null, "a whole session");
        await Listening.ListenerHost.EventuallyAsync(
            async () => (await rig.Gateway.MetricsAsync()).Sum("cwmpshield_sessions_active") == 0, "the end of every session");
    }

    private Task<Line> OpenAsync(int device) =>
        Line.OpenTlsAsync(rig.Gateway.Door("fleet"), IPAddress.Parse("127.7.8.1"), rig.Folder.CertificateOf(HonestFleet.Serial(device)), default);

    private async Task<string?> SessionAsync(int device)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        return await HonestFleet.SessionAsync(
            rig.Gateway.Door("fleet"), IPAddress.Parse("127.7.8.1"), rig.Folder.CertificateOf(HonestFleet.Serial(device)), HonestFleet.Serial(device), patience.Token);
    }
}
