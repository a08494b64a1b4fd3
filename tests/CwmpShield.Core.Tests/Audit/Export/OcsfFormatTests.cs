using System.Text.Json;
using CwmpShield.Core.Audit;
using CwmpShield.Core.Audit.Export;

namespace CwmpShield.Core.Tests.Audit.Export;

public sealed class OcsfFormatTests
{
    /// <summary>What the schema requires of each class beside what it requires of every event.</summary>
    private static readonly Dictionary<int, string[]> Required = new()
    {
        [0] = [],
        [1008] = ["log_name"],
        [2004] = ["finding_info"],
        [3002] = ["user", "dst_endpoint"],
        [5019] = ["device"],
        [6002] = ["app"],
        [6003] = ["actor", "api", "src_endpoint"],
    };

    private readonly OcsfFormat format = new();

    public static TheoryData<AuditKind> Kinds() => new(Enum.GetValues<AuditKind>());

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Fills_what_the_class_requires(AuditKind kind)
    {
        var read = Read(ExportSample.Plain with { Kind = kind, Actor = kind is AuditKind.OperatorAction or AuditKind.Pruned ? "anna" : "" });

        var uid = read.GetProperty("class_uid").GetInt32();
        foreach (var member in Required[uid].Concat(["activity_id", "category_uid", "metadata", "severity_id", "time", "type_uid"]))
        {
            Assert.True(read.TryGetProperty(member, out _), $"{kind}: {member}");
        }

        Assert.Equal((uid * 100) + read.GetProperty("activity_id").GetInt32(), read.GetProperty("type_uid").GetInt32());
        Assert.Equal(uid / 1000, read.GetProperty("category_uid").GetInt32());
        Assert.Equal(("1.3.0", "gw-1#7"), (read.GetProperty("metadata").GetProperty("version").GetString(), read.GetProperty("metadata").GetProperty("uid").GetString()));
        Assert.Equal("CwmpShield", read.GetProperty("metadata").GetProperty("product").GetProperty("name").GetString());
        Assert.Equal(64, read.GetProperty("unmapped").GetProperty("hash").GetString()!.Length);
        Assert.InRange(read.GetProperty("severity_id").GetInt32(), 1, 5);
    }

    [Theory]
    [InlineData(AuditKind.OrderRefused, "Create")]
    [InlineData(AuditKind.AuthenticationFailed, "Logon")]
    [InlineData(AuditKind.RulesChanged, "Log")]
    [InlineData(AuditKind.NodeStarted, "Start")]
    [InlineData(AuditKind.NodeEnded, "Stop")]
    [InlineData(AuditKind.Pruned, "Delete")]
    public void Names_the_activity_as_the_schema_does(AuditKind kind, string name) =>
        Assert.Equal(name, Read(ExportSample.Plain with { Kind = kind }).GetProperty("activity_name").GetString());

    [Theory]
    [InlineData("GetParameterValues", 2, "Read")]
    [InlineData("SetParameterValues", 3, "Update")]
    [InlineData("AddObject", 1, "Create")]
    [InlineData("DeleteObject", 4, "Delete")]
    [InlineData("Download", 99, "Download")]
    public void Calls_an_order_what_it_does(string message, int activity, string name)
    {
        var read = Read(ExportSample.Plain with { Kind = AuditKind.OrderIntent, Message = message });

        Assert.Equal((6003, activity, name), (read.GetProperty("class_uid").GetInt32(), read.GetProperty("activity_id").GetInt32(), read.GetProperty("activity_name").GetString()));
        Assert.Equal(message, read.GetProperty("api").GetProperty("operation").GetString());
        Assert.Equal("00AABB-HGW-SN1", read.GetProperty("dst_endpoint").GetProperty("name").GetString());
    }

    [Fact]
    public void Tells_a_refusal_as_blocked_by_its_rule()
    {
        var read = Read(ExportSample.Plain);

        Assert.Equal((2, 2), (read.GetProperty("action_id").GetInt32(), read.GetProperty("disposition_id").GetInt32()));
        Assert.Equal("dns-redirect", read.GetProperty("finding_info").GetProperty("analytic").GetProperty("uid").GetString());
        Assert.Equal("192.0.2.7", read.GetProperty("evidences")[0].GetProperty("dst_endpoint").GetProperty("ip").GetString());
    }

    [Theory]
    [InlineData("\r\n{\"forged\":1}")]
    [InlineData("\u2028\u202E\uD800\"}")]
    public void Stays_one_line_of_ascii(string text)
    {
        var huge = text + new string('é', 500);
        var line = ExportSample.Text(format, ExportSample.Plain with { Device = huge, Detail = huge, Message = huge, Rules = [huge], Reasons = [huge], Source = huge });

        Assert.All(line, one => Assert.InRange(one, ' ', '~'));
        Assert.Equal(JsonValueKind.Object, JsonDocument.Parse(line).RootElement.ValueKind);
    }

    private JsonElement Read(AuditRecord record) => JsonDocument.Parse(ExportSample.Text(format, record)).RootElement;
}
