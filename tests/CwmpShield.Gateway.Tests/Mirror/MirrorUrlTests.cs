using CwmpShield.Core.Cwmp;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Mirror;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.Storage.Secrets;

namespace CwmpShield.Gateway.Tests.Mirror;

/// <summary>The URLs that devices are given, and the tickets in them.</summary>
public sealed class MirrorUrlTests
{
    private static readonly DeviceId Device = new("00D09E", "HGW", "1");
    private static readonly DateTimeOffset Later = new(2027, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Fact]
    public void A_ticket_is_read_as_it_was_written_and_by_no_other_key()
    {
        var tickets = Tickets(MasterKey.Create());
        foreach (var ticket in new[] { tickets.New(1, Later, true), tickets.New(long.MaxValue, Later.AddYears(300), false) })
        {
            var text = tickets.Write(ticket);
            Assert.Equal(LinkTickets.TextLength, text.Length);
            Assert.True(tickets.TryRead(text, out var read));
            Assert.Equal(ticket, read);
            Assert.False(Tickets(MasterKey.Create()).TryRead(text, out _));
        }
    }

    [Fact]
    public void A_ticket_outlives_a_new_master_key_and_not_the_end_of_its_own()
    {
        var (old, young) = (MasterKey.Create(), MasterKey.Create());
        var ticket = Tickets(old).New(1, Later, true);
        var text = Tickets(old).Write(ticket);

        Assert.True(Tickets(old, young).TryRead(text, out var read));
        Assert.Equal(Tickets(old).PasswordOf(ticket), Tickets(old, young).PasswordOf(read));
        Assert.NotEqual(text, Tickets(old, young).Write(Tickets(old, young).New(1, Later, true)));
        Assert.False(Tickets(young).TryRead(text, out _));
    }

    [Fact]
    public void No_bit_of_a_ticket_can_be_changed()
    {
        var tickets = Tickets(MasterKey.Create());
        var text = tickets.Write(tickets.New(7, Later, true));
        for (var i = 0; i < text.Length; i++)
        {
            for (var c = '-'; c <= 'z'; c++)
            {
                var changed = text[..i] + c + text[(i + 1)..];
                Assert.True(c == text[i] || !tickets.TryRead(changed, out _), changed);
            }
        }
    }

    [Fact]
    public void Passwords_differ_by_order_and_key()
    {
        var (tickets, others) = (Tickets(MasterKey.Create()), Tickets(MasterKey.Create()));

        Assert.Equal(24, tickets.PasswordOf(tickets.New(1, Later, true)).Length);
        Assert.Equal(
            3,
            new HashSet<string> { tickets.PasswordOf(tickets.New(1, Later, true)), tickets.PasswordOf(tickets.New(2, Later, true)), others.PasswordOf(others.New(1, Later, true)) }.Count);
    }

    private static LinkTickets Tickets(params MasterKey[] keys) => new(KeyRing.Of(keys));

    [Theory]
    [InlineData("https://files.example/hgw/v4.3.0/image.bin", "image.bin")]
    [InlineData("https://files.example/a%20b.w", "a_20b.w")]
    [InlineData("https://files.example/?id=7", "f")]
    [InlineData("https://files.example/x/", "f")]
    public void Keeps_the_files_name_in_unreserved_characters(string origin, string name) =>
        Assert.Equal("https://mirror.example/TICKET/" + name, new MirrorUrls(new MirrorOptions { PublicUrl = "https://mirror.example/" }).Of(Device, "TICKET", origin));

    [Fact]
    public void Never_gives_more_than_256_characters()
    {
        var ticket = new string('t', LinkTickets.TextLength);
        var origin = "https://files.example/" + new string('n', 300) + ".bin";

        var url = new MirrorUrls(new MirrorOptions { PublicUrl = "https://mirror.example/" + new string('p', 180) + "/" }).Of(Device, ticket, origin)!;

        Assert.Equal(256, url.Length);
        Assert.EndsWith(".bin", url, StringComparison.Ordinal);
        Assert.Null(new MirrorUrls(new MirrorOptions { PublicUrl = "https://mirror.example/" + new string('p', 200) + "/" }).Of(Device, ticket, origin));
    }

    [Fact]
    public void Scheme_and_host_follow_from_the_model()
    {
        var urls = new MirrorUrls(new MirrorOptions
        {
            PublicUrl = "https://mirror.example/",
            Models =
            [
                new MirrorModelOptions { Oui = "00d09e", ProductClass = "OLD", PublicUrl = "http://192.0.2.1:8080/fw/" },
                new MirrorModelOptions { ProductClass = "ONT", PublicUrl = "https://ont.example/" },
            ],
        });

        Assert.Equal("http://192.0.2.1:8080/fw/T/i", urls.Of(Device with { ProductClass = "OLD" }, "T", "https://o.example/i"));
        Assert.Equal("https://ont.example/T/i", urls.Of(Device with { ProductClass = "ONT" }, "T", "https://o.example/i"));
        Assert.Equal("https://mirror.example/T/i", urls.Of(Device, "T", "https://o.example/i"));
    }

    [Theory]
    [InlineData("/T/name", "T")]
    [InlineData("/fw/T/name", "T")]
    [InlineData("//T/name", "T")]
    [InlineData("/T/", "T")]
    [InlineData("/T", "")]
    [InlineData("", "")]
    [InlineData("/T/name?x", "")]
    public void Finds_the_ticket_in_a_target(string target, string ticket) => Assert.Equal(ticket, MirrorUrls.TicketIn(target).ToString());
}
