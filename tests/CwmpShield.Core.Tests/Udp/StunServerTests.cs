using System.Net;
using CwmpShield.Core.Udp;

namespace CwmpShield.Core.Tests.Udp;

public sealed class StunServerTests
{
    private static readonly IPEndPoint Device = new(IPAddress.Parse("198.51.100.7"), 40000);
    private static readonly byte[] Mapped = [0, 1, 0x9C, 0x40, 198, 51, 100, 7];
    private static readonly byte[] Local = [0, 1, 0x0D, 0x96, 192, 0, 2, 1];
    private static readonly StunServer Open = new(default, default);
    private static readonly StunServer Closed = new("cpe"u8.ToArray(), "stun-secret"u8.ToArray());

    [Fact]
    public void Tells_a_classic_device_its_address_in_32_bytes()
    {
        var request = new Stun(classic: true).Bytes;

        var (answer, outcome) = Stun.Ask(Open, request, Device);

        Assert.Equal(32, answer.Length);
        Assert.Equal(Mapped, Stun.Read(request, answer)[0x0001]);
        Assert.Equal(("", 40000), (outcome.Reason, outcome.Port));
    }

    [Fact]
    public void Tells_a_modern_device_its_address_masked()
    {
        var request = new Stun().Bytes;

        var value = Assert.Single(Stun.Read(request, Stun.Ask(Open, request, Device).Answer));

        Assert.Equal(0x0020, value.Key);
        // RFC 5389 15.2: the port with the cookie's upper half, the address with the cookie.
        Assert.Equal([0, 1, 0x9C ^ 0x21, 0x40 ^ 0x12, 198 ^ 0x21, 51 ^ 0x12, 100 ^ 0xA4, 7 ^ 0x42], value.Value);
    }

    [Fact]
    public void Gives_the_device_of_annex_g_everything_that_classic_clients_want()
    {
        var request = new Stun(classic: true).Binding().Attribute(Stun.BindingChange).User("cpe1").Bytes;

        var attributes = Stun.Read(request, Stun.Ask(Open, request, Device).Answer);

        Assert.Equal(Mapped, attributes[0x0001]);
        Assert.Equal(Local, attributes[0x0004]);
        Assert.Equal(Local, attributes[0x0005]);
    }

    [Fact]
    public void Repeats_a_fingerprint()
    {
        var request = new Stun().Fingerprint().Bytes;

        var (answer, _) = Stun.Ask(Open, request, Device);

        Assert.Contains((ushort)0x8028, Stun.Read(request, answer));
        Assert.Equal(answer[^4..], Reference(answer[..^8]));
    }

    [Fact]
    public void Ignores_a_wish_for_another_source_address()
    {
        var request = new Stun(classic: true).Attribute(0x0003, 0, 0, 0, 6).Bytes;

        Assert.Equal(Mapped, Stun.Read(request, Stun.Ask(Open, request, Device).Answer)[0x0001]);
    }

    [Fact]
    public void Answers_another_port_of_the_same_device()
    {
        var request = new Stun(classic: true).ResponseAddress(Device.Address, 7547).Bytes;

        var (answer, outcome) = Stun.Ask(Open, request, Device);

        Assert.Equal(7547, outcome.Port);
        Assert.Equal(Mapped, Stun.Read(request, answer)[0x000B]);
    }

    [Theory]
    [InlineData("203.0.113.9", 7547)]
    [InlineData("198.51.100.8", 40000)]
    [InlineData("198.51.100.7", 0)]
    public void Is_silent_where_a_third_party_would_be_answered(string address, int port)
    {
        var request = new Stun(classic: true).ResponseAddress(IPAddress.Parse(address), port).Bytes;

        Assert.Equal(StunReason.ResponseAddressForeign, Silence(Open, request));
    }

    [Fact]
    public void Is_silent_where_an_answer_would_be_longer_than_allowed() =>
        Assert.Equal(new StunAnswer(0, 0, StunReason.AnswerTooLong), Stun.Ask(Open, new Stun().Bytes, new(IPAddress.Parse("2001:db8::7"), 40000)).Outcome);

    [Fact]
    public void Tells_a_device_with_ipv6_its_address_where_there_is_room()
    {
        var request = new Stun(classic: true).Binding().Bytes;

        var (answer, _) = Stun.Ask(Open, request, new(IPAddress.Parse("2001:db8::7"), 40000));

        Assert.Equal(20, Stun.Read(request, answer)[0x0001].Length);
    }

    [Fact]
    public void Names_attributes_that_it_does_not_understand()
    {
        var request = new Stun().Attribute(0x7001).Attribute(0x0026, 0, 0, 0, 0).Attribute(0x7001).Attribute(0x9999).Bytes;

        var (answer, outcome) = Stun.Ask(Open, request, Device);

        var attributes = Stun.Read(request, answer, type: 0x0111);
        Assert.Equal([0, 0, 4, 20], attributes[0x0009]);
        Assert.Equal([0x70, 0x01, 0x00, 0x26], attributes[0x000A]);
        Assert.Equal(StunReason.AttributeUnknown, outcome.Reason);
    }

    [Fact]
    public void Fills_up_a_single_unknown_attribute_as_classic_clients_read_it()
    {
        var request = new Stun(classic: true).Attribute(0x7001).Bytes;

        Assert.Equal([0x70, 0x01, 0x70, 0x01], Stun.Read(request, Stun.Ask(Open, request, Device).Answer, type: 0x0111)[0x000A]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Answers_a_device_that_signs(bool filled)
    {
        var request = new Stun(classic: true).Binding().User("cpe ").Integrity("stun-secret", filled).Bytes;

        var (answer, outcome) = Stun.Ask(Closed, request, Device);

        Assert.Equal("", outcome.Reason);
        Assert.Equal(Mapped, Stun.Read(request, answer)[0x0001]);
        Assert.Equal(new Stun.Unsigned(answer).Sign("stun-secret", filled), answer);
    }

    [Fact]
    public void Challenges_a_device_that_does_not_sign()
    {
        var request = new Stun(classic: true).Binding().User("cpe").Bytes;

        var (answer, outcome) = Stun.Ask(Closed, request, Device);

        Assert.Equal([0, 0, 4, 1], Stun.Read(request, answer, type: 0x0111)[0x0009]);
        Assert.Equal(StunReason.Unauthorized, outcome.Reason);
    }

    [Theory]
    [InlineData("cpe", "wrong", true, 4, 31)]
    [InlineData("other", "stun-secret", true, 4, 30)]
    [InlineData("cpe", "wrong", false, 4, 1)]
    [InlineData("other", "stun-secret", false, 4, 1)]
    public void Refuses_wrong_credentials(string user, string password, bool classic, byte hundreds, byte rest)
    {
        var request = new Stun(classic).User(user).Integrity(password, filled: false).Bytes;

        Assert.Equal([0, 0, hundreds, rest], Stun.Read(request, Stun.Ask(Closed, request, Device).Answer, type: 0x0111)[0x0009]);
    }

    [Fact]
    public void Counts_nothing_behind_the_signature()
    {
        // Whoever changes a signed request on its way cannot send its answer elsewhere.
        var request = new Stun(classic: true).User("cpe").Integrity("stun-secret", filled: true).ResponseAddress(Device.Address, 53).Bytes;

        Assert.Equal(Device.Port, Stun.Ask(Closed, request, Device).Outcome.Port);
    }

    public static TheoryData<string, byte[]> Broken => new()
    {
        { "empty", [] },
        { "short", new Stun().Bytes[..19] },
        { "too long", new Stun().Attribute(0x8001, new byte[560]).Bytes },
        { "length too small", [.. new Stun().Bytes, 0, 0, 0, 0] },
        { "length too large", [.. new Stun().Bytes[..2], 0, 4, .. new Stun().Bytes[4..]] },
        { "attribute beyond the end", [.. new Stun().Attribute(0x8001, 1, 2, 3, 4).Bytes[..22], 0, 9, 1, 2, 3, 4] },
        { "half an attribute header", [0, 1, 0, 2, .. new Stun().Bytes[4..], 0x80, 1] },
        { "response address of no family", new Stun(classic: true).Attribute(0x0002, 0, 9, 1, 1, 1, 1, 1, 1).Bytes },
        { "response address too short", new Stun(classic: true).Attribute(0x0002, 0, 1, 1, 1).Bytes },
        { "integrity too short", new Stun().Attribute(0x0008, 1, 2, 3, 4).Bytes },
        { "fingerprint in the middle", new Stun().Fingerprint(behind: 4).Attribute(0x8001).Bytes },
        { "33 attributes", Enumerable.Range(0, 33).Aggregate(new Stun(), (stun, _) => stun.Attribute(0x8001)).Bytes },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void Is_silent_to_what_cannot_be_read(string what, byte[] request)
    {
        Assert.NotEmpty(what);
        Assert.Equal(StunReason.Malformed, Silence(Open, request));
    }

    [Fact]
    public void Is_silent_to_a_wrong_fingerprint()
    {
        var request = new Stun().Fingerprint().Bytes;
        request[^1] ^= 1;

        Assert.Equal(StunReason.FingerprintWrong, Silence(Open, request));
    }

    [Theory]
    [InlineData(0x0101)]
    [InlineData(0x0111)]
    [InlineData(0x0011)]
    [InlineData(0x0002)]
    [InlineData(0x0003)]
    public void Is_silent_to_answers_indications_and_other_methods(int type) =>
        Assert.Equal(StunReason.NotABindingRequest, Silence(Open, new Stun(type: (ushort)type).Bytes));

    private static string Silence(StunServer server, byte[] request)
    {
        var (answer, outcome) = Stun.Ask(server, request, Device);
        Assert.Empty(answer);
        return outcome.Reason;
    }

    /// <summary>The fingerprint of a message without it, by the test's own client.</summary>
    private static byte[] Reference(byte[] message) => new Stun.Unsigned([.. message, .. new byte[8]]).Fingerprint();
}
