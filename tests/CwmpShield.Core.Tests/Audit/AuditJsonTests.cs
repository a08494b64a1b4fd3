using System.Buffers;
using System.Text;
using CwmpShield.Core.Audit;

namespace CwmpShield.Core.Tests.Audit;

public sealed class AuditJsonTests
{
    private static readonly AuditRecord Full = new()
    {
        Node = "gw-1",
        Sequence = 7,
        At = new DateTimeOffset(2026, 11, 26, 20, 15, 1, 123, TimeSpan.Zero),
        Kind = AuditKind.OrderRefused,
        Session = "0193",
        Device = "00AABB-HGW-SN1",
        Model = "00AABB-HGW",
        Source = "192.0.2.7",
        Strength = "unique-certificate",
        Message = "SetParameterValues",
        MessageId = "id<1>",
        Order = "ab",
        Parameters = [new AuditParameter("Device.DNS.Client.Server.1.DNSServer", "203.0.113.66", "00ff"), new AuditParameter("Device.X.Password", null, "11ee"), new AuditParameter("Device.")],
        ParametersLeftOut = 3,
        Artefact = "https://a.example/f.bin",
        Verdict = "deny",
        Reasons = ["rule-refused"],
        Rules = ["dns-redirect", "other"],
        Exceptions = ["SEC-1"],
        RuleSet = "cd",
        Fault = 9001,
        Actor = "anna",
        Action = "a",
        Subject = "s",
        Detail = "d",
        Intent = 5,
        Trace = "t",
        Count = 2,
    };

    [Fact]
    public void Reads_back_every_member()
    {
        var read = AuditJsonReader.Read(Bytes(Full));

        Assert.NotNull(read);
        Assert.Equal(Bytes(Full), Bytes(read));
        Assert.All(typeof(AuditRecord).GetProperties().Where(p => p.CanWrite), p => Assert.False(IsDefault(p.GetValue(Full)), $"{p.Name} is not in the sample"));
        Assert.Equal(Full.Parameters, read.Parameters);
        Assert.Equal(Full.At, read.At);
    }

    [Theory]
    [InlineData("\r\nfake: record")]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("\u202Eright to left \uD800 half a pair")]
    public void Writes_text_of_strangers_as_ascii_without_markup(string text)
    {
        var bytes = Bytes(Full with { Subject = text });

        Assert.All(bytes, one => Assert.InRange(one, 0x20, 0x7E));
        Assert.DoesNotContain("<", Encoding.ASCII.GetString(bytes), StringComparison.Ordinal);
        Assert.NotNull(AuditJsonReader.Read(bytes));
    }

    [Fact]
    public void Bounds_every_text()
    {
        var huge = new string('x', 1_000_000);
        var record = Full with { Device = huge, MessageId = huge, Detail = huge, Subject = huge, Reasons = [.. Enumerable.Repeat(huge, 1000)], Artefact = huge };

        Assert.InRange(Bytes(record).Length, 1, 32_000);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"at\":\"yesterday\"}")]
    [InlineData("{\"at\":\"2026-11-26T20:15:01.123Z\",\"seq\":\"7\"}")]
    [InlineData("{\"at\":\"2026-11-26T20:15:01.123Z\",\"reasons\":7}")]
    public void Reads_no_record_out_of_other_bytes(string text) => Assert.Null(AuditJsonReader.Read(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void Has_one_word_for_each_kind()
    {
        var words = Enum.GetValues<AuditKind>().Select(AuditKindName.Of).ToList();

        Assert.Equal(words.Count, words.Distinct(StringComparer.Ordinal).Count());
        Assert.All(Enum.GetValues<AuditKind>(), kind => Assert.Equal(kind, AuditKindName.Parse(AuditKindName.Of(kind))));
        Assert.Equal(AuditKind.Unknown, AuditKindName.Parse("of-a-later-version"));
    }

    private static bool IsDefault(object? value) => value switch
    {
        null or "" or 0 or 0L => true,
        System.Collections.ICollection { Count: 0 } => true,
        _ => false,
    };

    private static byte[] Bytes(AuditRecord record)
    {
        var output = new ArrayBufferWriter<byte>();
        AuditJson.Write(record, output);
        return output.WrittenSpan.ToArray();
    }
}
