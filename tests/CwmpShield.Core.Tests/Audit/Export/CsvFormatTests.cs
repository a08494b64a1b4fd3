using System.Buffers;
using System.Text;
using CwmpShield.Core.Audit;
using CwmpShield.Core.Audit.Export;

namespace CwmpShield.Core.Tests.Audit.Export;

public sealed class CsvFormatTests
{
    private readonly CsvFormat format = new();

    [Theory]
    [InlineData("=HYPERLINK(\"http://x\")", "\"'=HYPERLINK(\"\"http://x\"\")\"")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("\r=1", "\"'\r=1\"")]
    [InlineData("\uFF1D1", "'\uFF1D1")]
    [InlineData("a=1", "a=1")]
    [InlineData("a,\"b\"\nc", "\"a,\"\"b\"\"\nc\"")]
    [InlineData("\u001b[31m\u202E", "\\u001b[31m\\u202e")]
    [InlineData("Zürich 東京 🛡", "Zürich 東京 🛡")]
    public void Escapes_a_cell(string detail, string cell)
    {
        var text = ExportSample.Text(format, ExportSample.Plain with { Detail = detail });

        Assert.Contains("," + cell + ",,,1,", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_every_cell_in_the_header()
    {
        var output = new ArrayBufferWriter<byte>();
        format.Begin(output);
        var header = Encoding.UTF8.GetString(output.WrittenSpan);

        Assert.EndsWith("\r\n", header, StringComparison.Ordinal);
        Assert.Equal(header.Split(',').Length, ExportSample.Text(format, ExportSample.Plain).Split(',').Length);
        Assert.StartsWith("node,sequence,time,kind,", header, StringComparison.Ordinal);
        Assert.StartsWith("gw-1,7,2026-11-26T20:15:01.123Z,order-refused,", ExportSample.Text(format, ExportSample.Plain), StringComparison.Ordinal);
    }

    [Fact]
    public void Puts_parameters_into_one_cell_without_the_values_that_may_not_be_shown()
    {
        var record = ExportSample.Plain with
        {
            Parameters = [new AuditParameter("Device.DNS.Server", "203.0.113.66", "aa"), new AuditParameter("Device.X.Password", null, "bb"), new AuditParameter("Device.")],
            ParametersLeftOut = 3,
        };

        Assert.Contains("Device.DNS.Server=203.0.113.66; Device.X.Password=hmac:bb; Device.; and 3 more", ExportSample.Text(format, record), StringComparison.Ordinal);
    }
}
