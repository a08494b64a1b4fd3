using System.Text.Json;
using CwmpShield.Cli;
using CwmpShield.Gateway.Tests.Storage;

namespace CwmpShield.Gateway.Tests.Cli;

public sealed class InspectCommandTests : IDisposable
{
    private const string Rules = """
        cwmpshield: 1
        lists: { resolvers: [192.0.2.53] }
        rules:
          - { id: dns-redirect, title: t, severity: critical, on: [SetParameterValues], where: { parameter: { class: dns }, value: { as: ip-list, not-in: $resolvers } }, then: deny }
          - { id: weak, title: t, severity: low, on: [SetParameterValues], where: { strength: { below: unique-certificate } }, then: hold }
          - { id: lab, title: t, severity: low, on: [SetParameterValues], where: { device: { serial: "LAB*" } }, then: observe }
          - { id: doubt, title: t, severity: low, on: [SetParameterValues], where: { signal: two-keys }, then: hold }
        """;

    private readonly TemporaryFolder folder = new();
    private readonly string rules;

    public InspectCommandTests() => rules = folder.Write("rules.yaml", Rules);

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Says_why_an_order_is_refused()
    {
        var run = await InspectAsync("-d", "acs-to-cpe", folder.Write("order.xml", Order("203.0.113.66")));
        var line = JsonDocument.Parse(run.Output).RootElement;

        Assert.Equal(ExitCode.Denied, run.Code);
        Assert.EndsWith("order.xml", line.GetProperty("file").GetString(), StringComparison.Ordinal);
        Assert.Equal("deny", line.GetProperty("verdict").GetString());
        Assert.Equal("denied-by-rule", line.GetProperty("reasons")[0].GetString());
        Assert.Equal("dns-redirect", line.GetProperty("rules")[0].GetString());
        Assert.Equal("SetParameterValues", line.GetProperty("message").GetProperty("rpc").GetString());
        Assert.Equal("42", line.GetProperty("message").GetProperty("id").GetString());
    }

    [Fact]
    public async Task Writes_what_would_be_sent_on()
    {
        var good = folder.Write("good.xml", Order("192.0.2.53"));
        var bad = folder.Write("bad.xml", Order("203.0.113.66"));

        var run = await InspectAsync("-d", "acs-to-cpe", "--out", folder.File("out"), good, bad);

        Assert.Equal(ExitCode.Denied, run.Code);
        Assert.Contains("192.0.2.53", await File.ReadAllTextAsync(Path.Combine(folder.File("out"), "good.xml")), StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(folder.File("out"), "bad.xml")));
    }

    [Theory]
    [InlineData("unique-certificate", "001122-HGW-1", "forward", 0)]
    [InlineData("none", "001122-HGW-1", "hold", 3)]
    [InlineData("unique-certificate", "001122-HGW-LAB7", "observe", 0)]
    public async Task Judges_for_the_device_and_strength_that_are_given(string strength, string device, string verdict, int code)
    {
        var run = await InspectAsync("-d", "acs-to-cpe", "--strength", strength, "--device", device, folder.Write("order.xml", Order("192.0.2.53")));

        Assert.Equal(code, run.Code);
        Assert.Equal(verdict, JsonDocument.Parse(run.Output).RootElement.GetProperty("verdict").GetString());
    }

    [Theory]
    [InlineData("two-keys", "hold", 3)]
    [InlineData("canary", "forward", 0)]
    public async Task Judges_with_the_signal_that_is_given(string signal, string verdict, int code)
    {
        var run = await InspectAsync("-d", "acs-to-cpe", "--signal", signal, folder.Write("order.xml", Order("192.0.2.53")));

        Assert.Equal(code, run.Code);
        Assert.Equal(verdict, JsonDocument.Parse(run.Output).RootElement.GetProperty("verdict").GetString());
    }

    [Fact]
    public async Task Explains_which_conditions_held()
    {
        var run = await InspectAsync("-d", "acs-to-cpe", "--explain", folder.Write("order.xml", Order("203.0.113.66")));
        var explained = JsonDocument.Parse(run.Output).RootElement.GetProperty("explain")[0];

        Assert.Equal("dns-redirect", explained.GetProperty("rule").GetString());
        Assert.Equal("203.0.113.66", explained.GetProperty("value").GetString());
        Assert.All(explained.GetProperty("conditions").EnumerateArray(), c => Assert.Equal("yes", c.GetProperty("says").GetString()));
    }

    [Fact]
    public async Task Plays_a_directory_of_recordings_in_order()
    {
        Directory.CreateDirectory(folder.File("session"));
        folder.Write("session/1-req.http", "POST / HTTP/1.1\r\nContent-Length: 0\r\n\r\n");
        folder.Write("session/2-res.http", $"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: {Order("203.0.113.66").Length}\r\n\r\n{Order("203.0.113.66")}");
        folder.Write("session/3-res.http", "HTTP/1.1 204 No Content\r\n\r\n");
        folder.Write("session/conns.log", "nothing");

        var run = await InspectAsync(folder.File("session"));

        Assert.Equal(ExitCode.Denied, run.Code);
        Assert.Equal(["forward", "deny", "forward"], run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonDocument.Parse(l).RootElement.GetProperty("verdict").GetString()));
    }

    [Theory]
    [InlineData("--strength", "iron")]
    [InlineData("--signal", "smoke")]
    [InlineData("--device", "nobody")]
    [InlineData("--source", "here")]
    [InlineData("--direction", "sideways")]
    [InlineData("--unknown", "x")]
    public async Task Refuses_bad_usage(string option, string value) =>
        Assert.Equal(ExitCode.Usage, (await InspectAsync("-d", "acs-to-cpe", option, value, folder.Write("order.xml", Order("192.0.2.53")))).Code);

    [Fact]
    public async Task Refuses_a_bare_body_without_a_direction_and_a_file_that_is_not_there()
    {
        Assert.Equal(ExitCode.Usage, (await InspectAsync(folder.Write("order.xml", Order("192.0.2.53")))).Code);
        Assert.Equal(ExitCode.Usage, (await InspectAsync("-d", "acs-to-cpe", folder.File("none.xml"))).Code);
    }

    [Fact]
    public async Task Refuses_rules_that_do_not_load_with_their_place()
    {
        var broken = folder.Write("broken.yaml", "cwmpshield: 1\nrules: [ { id: one } ]");
        var run = await CommandLine.RunAsync(InspectCommand.Create(), "--rules", broken, "-d", "acs-to-cpe", folder.Write("order.xml", Order("192.0.2.53")));

        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains("broken.yaml:2:10: error CSR0010", run.Error, StringComparison.Ordinal);
    }

    private Task<(int Code, string Output, string Error)> InspectAsync(params string[] arguments) => CommandLine.RunAsync(InspectCommand.Create(), ["--rules", rules, "--json", .. arguments]);

    private static string Order(string resolver) =>
        "<e:Envelope xmlns:e=\"http://schemas.xmlsoap.org/soap/envelope/\" xmlns:cwmp=\"urn:dslforum-org:cwmp-1-0\"><e:Header><cwmp:ID e:mustUnderstand=\"1\">42</cwmp:ID></e:Header><e:Body><cwmp:SetParameterValues><ParameterList><ParameterValueStruct><Name>Device.DNS.Client.Server.1.DNSServer</Name>"
        + $"<Value>{resolver}</Value></ParameterValueStruct></ParameterList><ParameterKey/></cwmp:SetParameterValues></e:Body></e:Envelope>";
}
