using System.Text;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Decisions;
using CwmpShield.Core.Rules;

namespace CwmpShield.Core.Tests.Rules;

/// <summary>What classes take from each other, and what a list of hosts means for a URL.</summary>
public sealed class ClassAndListTests
{
    private const string Set = """
        cwmpshield: 1
        lists:
          hosts: [speedtest.example.net, "*.cdn.example.net", 192.0.2.7]
        classes:
          servers:
            paths: ["**.Server"]
            except: ["Device.Voice.**"]
          voice-servers:
            paths: ["Device.Voice.Server"]
          all-servers:
            includes: [servers, voice-servers]
            except: ["Device.Lab.Server"]
        rules:
          - { id: any-server, title: t, severity: low, on: SetParameterValues, where: { parameter: { class: all-servers } }, then: deny }
          - id: test-url
            title: t
            severity: low
            on: SetParameterValues
            where: { parameter: { path: Device.Test.URL }, value: { as: url, not-in: $hosts } }
            then: deny
        """;

    [Theory]
    [InlineData("Device.Web.Server", Verdict.Deny)]
    [InlineData("Device.Voice.Server", Verdict.Deny)]
    [InlineData("Device.Lab.Server", Verdict.Forward)]
    [InlineData("Device.Voice.Other.Server", Verdict.Forward)]
    public void Keeps_the_exceptions_of_an_included_class_to_itself(string parameter, Verdict expected) =>
        Assert.Equal(expected, Judge(parameter, "x"));

    [Theory]
    [InlineData("http://speedtest.example.net:8080/10M", Verdict.Forward)]
    [InlineData("https://a.cdn.example.net/", Verdict.Forward)]
    [InlineData("ftp://192.0.2.7/", Verdict.Forward)]
    [InlineData("http://cdn.example.net.evil.example/", Verdict.Deny)]
    [InlineData("http://speedtest.example.net@evil.example/", Verdict.Deny)]
    public void Takes_a_host_in_a_list_for_every_url_on_it(string url, Verdict expected) =>
        Assert.Equal(expected, Judge("Device.Test.URL", url));

    [Theory]
    [InlineData("https://fw.example.net/image", true)]
    [InlineData("host:fw.example.net", true)]
    [InlineData("host:https://fw.example.net/image", false)]
    public void Takes_no_url_for_the_host_of_a_list_of_urls(string item, bool isTaken) =>
        Assert.Equal(isTaken, RuleSetLoader.LoadText(Set.Replace("\"*.cdn.example.net\"", $"\"{item}\"", StringComparison.Ordinal)).Diagnostics.Count == 0);

    private static Verdict Judge(string parameter, string value)
    {
        var result = RuleSetLoader.LoadText(Set);
        Assert.Empty(result.Diagnostics);
        var body = Encoding.UTF8.GetBytes($"""
            <soap-env:Envelope xmlns:soap-env="http://schemas.xmlsoap.org/soap/envelope/" xmlns:cwmp="urn:dslforum-org:cwmp-1-0">
            <soap-env:Body><cwmp:SetParameterValues><ParameterList><ParameterValueStruct><Name>{parameter}</Name><Value>{value}</Value></ParameterValueStruct>
            </ParameterList><ParameterKey></ParameterKey></cwmp:SetParameterValues></soap-env:Body></soap-env:Envelope>
            """);
        return Inspector.Inspect(result.Set!, new RawMessage(Direction.AcsToCpe, body), new InspectionContext()).Decision.Verdict;
    }
}
