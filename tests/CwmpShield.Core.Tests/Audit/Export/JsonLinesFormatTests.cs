using System.Text;
using System.Text.Json;
using CwmpShield.Core.Audit;
using CwmpShield.Core.Audit.Export;

namespace CwmpShield.Core.Tests.Audit.Export;

public sealed class JsonLinesFormatTests
{
    private readonly JsonLinesFormat format = new();

    [Theory]
    [InlineData("plain")]
    [InlineData("\"body\":{\"forged\":1}}\n{\"hash\":\"")]
    [InlineData("\u2028\u202E\uD800")]
    public void Lets_a_stranger_compute_the_hash_again(string detail)
    {
        var row = ExportSample.Row(ExportSample.Plain with { Detail = detail });
        var line = ExportSample.Text(format, row);

        const string mark = "\"body\":";
        var body = line[(line.IndexOf(mark, StringComparison.Ordinal) + mark.Length)..^1];
        var hash = new byte[AuditChain.HashLength];
        AuditChain.Hash(AuditChain.Origin.Span, Encoding.ASCII.GetBytes(body), hash);
        using var read = JsonDocument.Parse(line);
        Assert.Equal(Convert.ToHexStringLower(hash), read.RootElement.GetProperty("hash").GetString());
        Assert.Equal(("gw-1", 7), (read.RootElement.GetProperty("node").GetString(), read.RootElement.GetProperty("sequence").GetInt64()));
        Assert.DoesNotContain('\n', line);
    }

    [Theory]
    [InlineData("{\n\"x\":1}")]
    [InlineData("{\"x\":1},\"body\":{\"y\":2}")]
    [InlineData("{\"x\":1}}")]
    [InlineData("{\"x\"")]
    [InlineData("[1]")]
    [InlineData("")]
    public void Keeps_a_body_that_no_gateway_wrote_from_passing_for_others(string body)
    {
        var forged = new AuditExportRow(ExportSample.Plain, Encoding.UTF8.GetBytes(body), new byte[32]);
        var line = ExportSample.Text(format, forged);

        Assert.DoesNotContain('\n', line);
        Assert.Equal(forged.Body.ToArray(), JsonDocument.Parse(line).RootElement.GetProperty("body_base64").GetBytesFromBase64());
    }
}
