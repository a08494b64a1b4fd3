using System.IO.Compression;
using System.Text;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Decisions;
using CwmpShield.Core.Decisions.Recordings;
using CwmpShield.Core.Tests.Rules;

namespace CwmpShield.Core.Tests.Decisions;

public sealed class RecordedMessageTests
{
    [Fact]
    public void Takes_a_bare_body_as_it_is()
    {
        var recorded = Read("<Envelope/>"u8.ToArray());

        Assert.Null(recorded.Direction);
        Assert.Equal("<Envelope/>", Text(recorded));
    }

    [Fact]
    public void Reads_a_request()
    {
        var recorded = Read("POST /acs HTTP/1.1\r\nContent-Type: text/xml\r\nsoapaction: \"x\"\r\nContent-Length: 3\r\n\r\nabcdef"u8.ToArray());

        Assert.Equal(Direction.CpeToAcs, recorded.Direction);
        Assert.Equal(("/acs", "text/xml", "\"x\"", "abc"), (recorded.Path, recorded.ContentType, recorded.SoapAction, Text(recorded)));
    }

    [Fact]
    public void Reads_a_chunked_response()
    {
        var recorded = Read("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"u8.ToArray());

        Assert.Equal((Direction.AcsToCpe, 200, "abcde"), (recorded.Direction!.Value, recorded.Status, Text(recorded)));
    }

    [Fact]
    public void Reads_a_compressed_body()
    {
        var body = new MemoryStream();
        using (var gzip = new GZipStream(body, CompressionMode.Compress, leaveOpen: true))
        {
            gzip.Write("hello"u8);
        }

        var recorded = Read([.. Encoding.ASCII.GetBytes($"POST / HTTP/1.1\r\nContent-Encoding: gzip\r\nContent-Length: {body.Length}\r\n\r\n"), .. body.ToArray()]);

        Assert.Equal("hello", Text(recorded));
    }

    [Theory]
    [InlineData("POST / HTTP/1.1\r\nContent-Length: 10\r\n\r\nabc")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc")]
    [InlineData("POST / HTTP/1.1\r\nContent-Encoding: br\r\n\r\nabc")]
    [InlineData("POST / HTTP/1.1\r\nContent-Encoding: gzip\r\n\r\nabc")]
    public void Refuses_what_is_cut_short_or_coded_otherwise(string text)
    {
        Assert.False(RecordedMessage.TryRead(Encoding.ASCII.GetBytes(text), out _, out var problem));
        Assert.NotEmpty(problem);
    }

    [Fact]
    public void A_session_teaches_what_later_orders_are_judged_by()
    {
        const string tag = "Device.DHCPv4.Server.Pool.1.Option.1.Tag";
        var set = Lab.Rule("SetParameterValues", "{ value: { as: dhcp-option, tag: [6], not-in: $resolvers } }");
        var session = new RecordedSession(set, Lab.Context());
        session.Next(Record(Lab.Inform()), Direction.CpeToAcs);
        session.Next(Record(Lab.Write((tag, "60"))), Direction.AcsToCpe);
        session.Next(Record(Lab.Message(Direction.CpeToAcs, "SetParameterValuesResponse", "<Status>0</Status>")), Direction.CpeToAcs);
        var value = Record(Lab.Write(("Device.DHCPv4.Server.Pool.1.Option.1.Value", "CB007142")));

        Assert.Equal(Verdict.Forward, session.Next(value, Direction.AcsToCpe).Decision.Verdict);
        session.Next(Record(Lab.Inform()), Direction.CpeToAcs);
        Assert.Equal(Verdict.Deny, session.Next(value, Direction.AcsToCpe).Decision.Verdict);
    }

    private static RecordedMessage Record(RawMessage raw) => new() { Direction = raw.Direction, Body = raw.Body, ContentType = raw.ContentType };

    private static RecordedMessage Read(byte[] bytes)
    {
        Assert.True(RecordedMessage.TryRead(bytes, out var recorded, out var problem), problem);
        return recorded;
    }

    private static string Text(RecordedMessage recorded) => Encoding.UTF8.GetString(recorded.Body.Span);
}
