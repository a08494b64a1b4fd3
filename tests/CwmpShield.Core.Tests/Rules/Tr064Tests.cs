using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Decisions;

namespace CwmpShield.Core.Tests.Rules;

public sealed class Tr064Tests
{
    private static readonly Core.Rules.RuleSet Rules = Lab.Rule("any", "{ tr064: true }");

    [Theory]
    [InlineData("<u:SetNTPServers xmlns:u=\"urn:dslforum-org:service:Time:1\"><NewNTPServer1>`id`</NewNTPServer1></u:SetNTPServers>")]
    [InlineData("<SetNTPServers><NewNTPServer1>x</NewNTPServer1></SetNTPServers>")]
    [InlineData("<cwmp:Reboot xmlns:u=\"urn:schemas-upnp-org:service:WANIPConnection:1\"><CommandKey/></cwmp:Reboot>")]
    [InlineData("<cwmp:X_Vendor><NewStatusURL>x</NewStatusURL></cwmp:X_Vendor>")]
    [InlineData("<cwmp:Reboot type=\"urn:dslforum-org:service:DeviceInfo:1\"><CommandKey/></cwmp:Reboot>")]
    public void Denies_actions_in_either_direction(string entry)
    {
        Assert.NotEqual(Verdict.Forward, Judge(Direction.AcsToCpe, entry).Verdict);
        Assert.NotEqual(Verdict.Forward, Judge(Direction.CpeToAcs, entry).Verdict);
    }

    [Fact]
    public void Denies_an_action_that_stands_behind_a_long_list_of_harmless_elements()
    {
        var harmless = string.Concat(Enumerable.Range(0, 40).Select(i => $"<item><a{i % 12}>x</a{i % 12}><b t=\"{i % 3}\">y</b></item>"));

        Assert.Equal(Verdict.Forward, Lab.Judge(Rules, Lab.Message(Direction.CpeToAcs, "GetParameterValuesResponse", $"<ParameterList/>{harmless}")).Verdict);
        Assert.NotEqual(Verdict.Forward, Judge(Direction.CpeToAcs, $"<cwmp:X_Vendor>{harmless}<item><a1>x</a1><NewStatusURL>x</NewStatusURL></item></cwmp:X_Vendor>").Verdict);
        Assert.NotEqual(Verdict.Forward, Judge(Direction.CpeToAcs, $"<cwmp:X_Vendor>{harmless}<a1 xmlns=\"urn:dslforum-org:service:Time:1\">x</a1></cwmp:X_Vendor>").Verdict);
    }

    [Fact]
    public void Names_the_rule_for_an_action_that_is_no_method_of_CWMP()
    {
        var decision = Judge(Direction.AcsToCpe, "<u:SetNTPServers xmlns:u=\"urn:dslforum-org:service:Time:1\"><NewNTPServer1>x</NewNTPServer1></u:SetNTPServers>");

        Assert.Contains(RuleReason.RpcUnknown, decision.Reasons);
        Assert.Equal("one", Assert.Single(decision.Hits).RuleId);
    }

    [Theory]
    [InlineData("urn:dslforum-org:service:Time:1")]
    [InlineData("URN%3Adslforum-org%3Aservice%3ATime%3A1")]
    [InlineData("<u:AddPortMapping>")]
    [InlineData("http://192.168.1.1/ctrlt/DeviceUpgrade_1")]
    public void Denies_values_towards_the_device_and_lets_the_device_report_them(string value)
    {
        Assert.Equal(Verdict.Deny, Lab.Judge(Rules, Lab.Write(("Device.A", value))).Verdict);
        Assert.Equal(Verdict.Forward, Lab.Judge(Rules, Lab.Values(("Device.UPnP.Discovery.Service.1.USN", value))).Verdict);
    }

    [Theory]
    [InlineData("urn:dslforum-org:service:Time:1#SetNTPServers", "/", Verdict.Deny)]
    [InlineData("\"AddPortMapping\"", "/", Verdict.Deny)]
    [InlineData("", "/UD/act?1", Verdict.Deny)]
    [InlineData("", "/%75d/act", Verdict.Deny)]
    [InlineData("", "/acs/upnp", Verdict.Deny)]
    [InlineData("", "/acs", Verdict.Forward)]
    [InlineData("urn:dslforum-org:cwmp-1-0#Inform", "/", Verdict.Forward)]
    public void Denies_its_actions_and_endpoints_in_HTTP(string soapAction, string path, Verdict expected) =>
        Assert.Equal(expected, Lab.Judge(Rules, Lab.Inform() with { SoapAction = soapAction, Path = path }).Verdict);

    [Theory]
    [InlineData("NewYork")]
    [InlineData("AddPortMapping")]
    [InlineData("New: reboot #2 <draft")]
    public void Forwards_ordinary_text(string value) => Assert.Equal(Verdict.Forward, Lab.Judge(Rules, Lab.Write(("Device.A", value))).Verdict);

    private static Decision Judge(Direction direction, string entry)
    {
        var body = System.Text.Encoding.UTF8.GetBytes($"<e:Envelope xmlns:e=\"http://schemas.xmlsoap.org/soap/envelope/\" xmlns:cwmp=\"urn:dslforum-org:cwmp-1-0\"><e:Body>{entry}</e:Body></e:Envelope>");
        return Lab.Judge(Rules, new RawMessage(direction, body, "text/xml"));
    }
}
