using System.Net;
using CwmpShield.Soak.Rig;
using CwmpShield.Soak.Strangers;

namespace CwmpShield.Gateway.Tests.Hostile;

/// <summary>Requests that two readers understand differently: one refusal, and the end of the connection.</summary>
[Collection(HostileGroup.Name)]
public sealed class SmugglingTests(HostileRig hostile)
{
    public static TheoryData<string> Names => [.. SmugglingShape.All.Select(shape => shape.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Refuses_once_and_hangs_up(string name)
    {
        var shape = SmugglingShape.All.First(one => one.Name == name);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await using var line = await Line.OpenAsync(hostile.Rig.Gateway.Door("plain"), IPAddress.Parse("127.66.200.1"), patience.Token);

        await line.SendAsync(shape.Bytes, patience.Token);
        var all = await line.ReadToEndAsync(patience.Token);

        // The server refuses the preface of HTTP/2 in HTTP/2's own words: that is no answer of HTTP/1.1.
        var answers = all.Split("HTTP/1.1 ")[1..];
        Assert.True(answers.Length <= 1, all);
        Assert.All(answers, answer => Assert.Matches("^(400|411|413|421|431|501|505) ", answer));
    }
}
