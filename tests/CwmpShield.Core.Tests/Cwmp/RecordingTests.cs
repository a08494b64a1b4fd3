using CwmpShield.Core.Cwmp;

namespace CwmpShield.Core.Tests.Cwmp;

public sealed class RecordingTests
{
    public static TheoryData<string> Names => [.. Recordings.All.Select(r => r.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Accepts_what_real_devices_and_a_real_acs_say(string name)
    {
        var recording = Recordings.All.Single(r => r.Name == name);

        var message = Messages.Read(recording.Body, recording.Direction);

        Assert.NotEqual(RpcKind.Unknown, message.Rpc);
        Assert.NotNull(message.Id);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Keeps_the_meaning_of_a_recording_and_is_stable(string name)
    {
        var recording = Recordings.All.Single(r => r.Name == name);
        var message = Messages.Read(recording.Body, recording.Direction);

        var bytes = Messages.Bytes(message);
        var again = Messages.Read(bytes, recording.Direction);

        Assert.Equal(Messages.Meaning(message), Messages.Meaning(again));
        Assert.Equal(bytes, Messages.Bytes(again));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Keeps_every_text_of_a_recording_in_order(string name)
    {
        var recording = Recordings.All.Single(r => r.Name == name);
        var message = Messages.Read(recording.Body, recording.Direction);

        Assert.Equal(PlainXml.Leaves(recording.Body), PlainXml.Leaves(Messages.Bytes(message)));
    }

    [Fact]
    public void Recordings_hold_every_kind_that_they_are_said_to_hold()
    {
        var kinds = Recordings.All.Select(r => Messages.Read(r.Body, r.Direction)).Select(m => m.Name).ToHashSet(StringComparer.Ordinal);

        Assert.Superset(
            new HashSet<string>(StringComparer.Ordinal) { "Inform", "InformResponse", "Download", "Fault", "AddObject", "FactoryResetResponse", "TransferComplete" },
            kinds);
        Assert.Equal(257, Recordings.All.Count);
    }
}
