using System.Net;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Decisions;
using CwmpShield.Core.Identity;
using CwmpShield.Core.Rules;
using CwmpShield.Core.Sessions;

namespace CwmpShield.Core.Tests.Rules;

/// <summary>Every condition, once where it holds and once where it does not, and its negation the other way round.</summary>
public sealed class ConditionTests
{
    private const string Dns = "Device.DNS.Client.Server.1.DNSServer";

    [Theory]
    [InlineData("{ parameter: { path: Device.A }, value: { as: ip, not-in: $resolvers } }", "203.0.113.66", true)]
    [InlineData("{ parameter: { path: Device.A }, value: { as: ip, not-in: $resolvers } }", "198.51.100.7", false)]
    [InlineData("{ parameter: { path: Device.A }, value: { as: ip, not-in: $resolvers } }", "0xCB007142", true)]
    [InlineData("{ parameter: { path: Device.A }, value: { as: ip, not-in: $resolvers } }", "", false)]
    [InlineData("{ parameter: { path: Device.A }, value: { as: ip, in: [203.0.113.66] } }", "::ffff:203.0.113.66", true)]
    [InlineData("{ parameter: { path: Device.A }, value: { as: ip-list, not-in: $resolvers } }", "192.0.2.53 203.0.113.66", true)]
    [InlineData("{ parameter: { path: Device.A }, value: { as: ip-list, not-in: $resolvers } }", "192.0.2.53;2001:db8::53", false)]
    [InlineData("{ parameter: { path: Device.A }, value: { as: ip, within: [10.0.0.0/8] } }", "10.1.2.3", true)]
    [InlineData("{ parameter: { path: Device.A }, value: { as: ip, not-within: [10.0.0.0/8] } }", "10.1.2.3", false)]
    [InlineData("{ parameter: { path: Device.A }, value: { as: host, not-in: $names } }", "NTP.example.net.", false)]
    [InlineData("{ parameter: { path: Device.A }, value: { as: host, not-in: $names } }", "a.pool.example.net:123", false)]
    [InlineData("{ parameter: { path: Device.A }, value: { as: host, not-in: $names } }", "pool.example.net.evil.example", true)]
    [InlineData("{ parameter: { path: Device.A }, value: { as: host-list, not-in: $names } }", "ntp.example.net, evil.example", true)]
    [InlineData("{ parameter: { path: Device.A }, value: { as: url, not-in: $urls } }", "https://ACS.example.net:7547/cwmp", false)]
    [InlineData("{ parameter: { path: Device.A }, value: { as: url, not-in: $urls } }", "https://fw.example.net/x/y?z=1", false)]
    [InlineData("{ parameter: { path: Device.A }, value: { as: url, not-in: $urls } }", "https://fw.example.net/../../x", false)]
    [InlineData("{ parameter: { path: Device.A }, value: { as: url, not-in: $urls } }", "https://acs.example.net:7547/cwmp/other", true)]
    [InlineData("{ parameter: { path: Device.A }, value: { as: url, not-in: $urls } }", "https://user:pw@acs.example.net:7547/cwmp", true)]
    [InlineData("{ parameter: { path: Device.A }, value: { as: url, not-in: $urls } }", "", true)]
    [InlineData("{ parameter: { path: Device.A }, value: { as: url, host-not-in: $names } }", "http://ntp.example.net/any", false)]
    [InlineData("{ parameter: { path: Device.A }, value: { as: url, host-in: $names } }", "http://ntp.example.net/any", true)]
    [InlineData("{ parameter: { path: Device.A }, value: { as: boolean, is: false } }", "0", true)]
    [InlineData("{ parameter: { path: Device.A }, value: { as: boolean, is: false } }", "TRUE", false)]
    [InlineData("{ parameter: { path: Device.A }, value: { as: boolean, is: false } }", "maybe", true)]
    [InlineData("{ parameter: { path: Device.A }, value: { as: integer, less-than: 60 } }", "59", true)]
    [InlineData("{ parameter: { path: Device.A }, value: { as: integer, less-than: 60 } }", "60", false)]
    [InlineData("{ parameter: { path: Device.A }, value: { as: integer, greater-than: 60 } }", "61", true)]
    [InlineData("{ parameter: { path: Device.A }, value: { as: integer, in: [7547, 80] } }", "7547", true)]
    [InlineData("{ parameter: { path: Device.A }, value: { as: hex, matches: '^evil' } }", "6576696c", true)]
    [InlineData("{ parameter: { path: Device.A }, value: { as: base64, matches: '^evil' } }", "ZXZpbA==", true)]
    [InlineData("{ parameter: { path: Device.A }, value: { as: base64, matches: '^good' } }", "ZXZpbA==", false)]
    [InlineData("{ parameter: { path: Device.A }, value: { matches: '^a+$' } }", "aaa", true)]
    [InlineData("{ parameter: { path: Device.A }, value: { not-matches: '^a+$' } }", "aaa", false)]
    [InlineData("{ parameter: { path: Device.A }, value: { longer-than: 3 } }", "aaa", false)]
    [InlineData("{ parameter: { path: Device.A }, value: { shorter-than: 3 } }", "aa", true)]
    [InlineData("{ parameter: { path: Device.A }, value: { empty: true } }", " ", true)]
    [InlineData("{ parameter: { path: Device.A }, value: { contains-shell-metacharacters: true } }", "a;b", true)]
    [InlineData("{ parameter: { path: Device.A }, value: { contains-control-characters: true } }", "a\u0085b", true)]
    [InlineData("{ parameter: { path: Device.A }, value: { contains-markup: false } }", "<b>", false)]
    [InlineData("{ parameter: { path: Device.A }, value: { as: ip, unreadable: true } }", "1.2.3", true)]
    [InlineData("{ parameter: { path: Device.A }, value: { as: ip, unreadable: true } }", "1.2.3.4", false)]
    [InlineData("{ parameter: { path: Device.A }, value: { in: [None, 'WPA*'] } }", "WPA2", true)]
    [InlineData("{ parameter: { path: Device.A }, not: { value: { as: ip, in: $resolvers } } }", "1.2.3", true)]
    [InlineData("{ parameter: { path: Device.A }, not: { value: { as: ip, in: $resolvers } } }", "192.0.2.53", false)]
    [InlineData("{ any-of: [ { value: { in: [a] } }, { value: { in: [b] } } ] }", "b", true)]
    [InlineData("{ any-of: [ { value: { in: [a] } }, { value: { in: [b] } } ] }", "c", false)]
    [InlineData("{ parameter: { not-path: Device.A } }", "x", false)]
    [InlineData("{ parameter: { path: Device.A }, url: { not-scheme: [https] } }", "http://x.example/", true)]
    [InlineData("{ parameter: { path: Device.A }, url: { not-scheme: [https] } }", "HTTPS://x.example/", false)]
    public void Values(string where, string value, bool holds) =>
        Assert.Equal(holds, Holds(Lab.Rule("SetParameterValues", where), Lab.Write(("Device.A", value))));

    [Theory]
    [InlineData("{ parameter: { path: \"Device.DNS.Client.Server.{i}.DNSServer\" } }", true)]
    [InlineData("{ parameter: { path: \"Device.DNS.Relay.Forwarding.{i}.DNSServer\" } }", false)]
    [InlineData("{ parameter: { path: \"Device.DNS.Client.Server.{i}.DNSServer\", ancestors: false } }", false)]
    [InlineData("{ parameter: { path: \"Device.DNS.Client.Server.\", use: add } }", true)]
    [InlineData("{ parameter: { path: \"Device.DNS.Client.Server.\", use: delete } }", false)]
    public void Objects(string where, bool holds) =>
        Assert.Equal(holds, Holds(Lab.Rule("writes", where), Lab.Add("Device.DNS.Client.Server.")));

    [Theory]
    [InlineData("{ parameter: { path: Device.DNS., notification: [0] } }", true)]
    [InlineData("{ parameter: { path: Device.DNS., notification: [1, 2] } }", false)]
    [InlineData("{ parameter: { access-list-lacks: Subscriber } }", true)]
    [InlineData("{ parameter: { access-list-lacks: Other } }", false)]
    public void Attributes(string where, bool holds) =>
        Assert.Equal(holds, Holds(Lab.Rule("SetParameterAttributes", where), Lab.Attribute("Device.DNS.", 0, "Other")));

    [Theory]
    [InlineData("{ url: { not-scheme: [https] } }", "http://fw.example.net/a.bin", true)]
    [InlineData("{ url: { not-host: $names } }", "https://fw.example.net/a.bin", true)]
    [InlineData("{ url: { host: [fw.example.net] } }", "https://fw.example.net/a.bin", true)]
    [InlineData("{ url: { not-port: [443] } }", "https://fw.example.net/a.bin", false)]
    [InlineData("{ url: { path: '\\.bin$' } }", "https://fw.example.net/a.bin", true)]
    [InlineData("{ url: { not-query: '^$' } }", "https://fw.example.net/a.bin?x", true)]
    [InlineData("{ url: { userinfo: true } }", "https://u@fw.example.net/a.bin", true)]
    [InlineData("{ url: { userinfo: true } }", "https://fw.example.net/a.bin", false)]
    [InlineData("{ url: { userinfo: true } }", "https:/\\fw.example.net/a.bin", true)]
    [InlineData("{ url: { unreadable: true } }", "https:/\\fw.example.net/a.bin", true)]
    [InlineData("{ url: { unreadable: true } }", "https://fw.example.net/a.bin", false)]
    [InlineData("{ url: { of: success-url, present: true } }", "https://fw.example.net/a.bin", false)]
    [InlineData("{ url: { not-in: $urls } }", "https://fw.example.net/a.bin", false)]
    [InlineData("{ url: { not-host: [fw.example.net] } }", "", true)]
    [InlineData("{ file-type: [1] }", "https://x.example/", true)]
    [InlineData("{ file-type: [3, 'X *'] }", "https://x.example/", false)]
    [InlineData("{ not-file-type: [1 Firmware Upgrade Image] }", "https://x.example/", false)]
    [InlineData("{ transfer: { kind: [download], username: false, password: false } }", "https://x.example/", true)]
    [InlineData("{ transfer: { kind: [upload] } }", "https://x.example/", false)]
    [InlineData("{ artefact: { unsigned: true } }", "https://fw.example.net/a.bin", false)]
    [InlineData("{ artefact: { unsigned: true } }", "https://FW.example.net:443/b/../a.bin", false)]
    [InlineData("{ artefact: { unsigned: true } }", "https://fw.example.net/a.bin?x", true)]
    [InlineData("{ artefact: { unsigned: true } }", "https://u@fw.example.net/a.bin", true)]
    [InlineData("{ command-key: { in: [k] } }", "https://x.example/", true)]
    [InlineData("{ command-key: { longer-than: 32 } }", "https://x.example/", false)]
    [InlineData("{ argument: { name: DelaySeconds, as: integer, less-than: 1 } }", "https://x.example/", true)]
    [InlineData("{ argument: { name: Download.DelaySeconds } }", "https://x.example/", false)]
    [InlineData("{ argument: { name: NoSuchThing, absent: true } }", "https://x.example/", true)]
    [InlineData("{ direction: cpe-to-acs }", "https://x.example/", false)]
    [InlineData("{ rpc: { in: [Download, 'X_*'] } }", "https://x.example/", true)]
    [InlineData("{ rpc: { not-in: [Download] } }", "https://x.example/", false)]
    public void Transfers(string where, string url, bool holds) =>
        Assert.Equal(holds, Holds(Lab.Rule("Download", where), Lab.Download(url)));

    [Theory]
    [InlineData("{ device: { oui: \"001122\", product-class: [HGW, X], serial: \"*\", group: field } }", true)]
    [InlineData("{ device: { not-group: field } }", false)]
    [InlineData("{ device: { not-serial: \"1\" } }", false)]
    [InlineData("{ device: { oui: \"AABBCC\" } }", false)]
    [InlineData("{ not: { device: { group: lab } } }", true)]
    [InlineData("{ device: { software-version: \">=1.2 <1.10\" } }", true)]
    [InlineData("{ device: { software-version: \"<1.4\" } }", false)]
    [InlineData("{ strength: { below: unique-certificate } }", false)]
    [InlineData("{ strength: { at-least: password-over-tls } }", true)]
    [InlineData("{ strength: [none, unique-certificate] }", true)]
    [InlineData("{ event: [\"0 BOOTSTRAP\", 6] }", true)]
    [InlineData("{ event: [\"M *\"] }", false)]
    [InlineData("{ source: { within: [198.51.100.0/24] } }", true)]
    [InlineData("{ source: { not-within: [198.51.100.0/24] } }", false)]
    [InlineData("{ time: { from: \"11:00\", to: \"13:00\" } }", true)]
    [InlineData("{ time: { from: \"22:00\", to: \"05:00\" } }", false)]
    [InlineData("{ time: { days: [sun] } }", true)]
    [InlineData("{ time: { from: \"11:00\", to: \"13:00\", days: [mon] } }", false)]
    [InlineData("{ session: { ordered-before: [Download] } }", true)]
    [InlineData("{ session: { ordered-before: [Upload] } }", false)]
    [InlineData("{ session: { first-bootstrap: false } }", true)]
    [InlineData("{ session: { known-transfer: true } }", false)]
    [InlineData("{ count: { of: [Reboot, Download], more-than: 1 } }", true)]
    [InlineData("{ count: { more-than: 1 } }", false)]
    [InlineData("{ count: { of: bytes, more-than: 100000 } }", false)]
    [InlineData("{ count: { of: parameters, more-than: 0 } }", false)]
    [InlineData("{ tr064: true }", false)]
    public void Circumstances(string where, bool holds)
    {
        var facts = new SessionFacts();
        facts.Informed(Message(Lab.Inform(eventCode: "6 CONNECTION REQUEST")));
        facts.Ordered(Message(Lab.Download("https://x.example/")));
        var context = Lab.Context(facts: facts) with { Source = IPAddress.Parse("198.51.100.7") };

        Assert.Equal(holds, Inspector.Inspect(Lab.Rule("Reboot", where), Lab.Order("Reboot", "<CommandKey/>"), context).Decision.Verdict == Verdict.Deny);
    }

    [Fact]
    public void A_device_of_unknown_version_is_judged_as_if_it_were_in_the_range()
    {
        var set = Lab.Rule("Reboot", "{ device: { oui: \"001122\", software-version: \"<2\" } }");
        var unknown = Lab.Context(new DeviceTraits { Device = new DeviceId("001122", "HGW", "1") });

        Assert.Equal(Verdict.Deny, Lab.Judge(set, Lab.Order("Reboot", "<CommandKey/>"), unknown).Verdict);
        Assert.Equal(Verdict.Forward, Lab.Judge(set, Lab.Order("Reboot", "<CommandKey/>"), Lab.Context(DeviceTraits.Unknown)).Verdict);
    }

    [Fact]
    public void A_first_bootstrap_is_one_of_a_device_never_seen()
    {
        var set = Lab.Rule("Inform", "{ session: { first-bootstrap: true } }", "observe");
        var bootstrap = Lab.Inform(eventCode: "0 BOOTSTRAP");

        Assert.Equal(Verdict.Observe, Lab.Judge(set, bootstrap, Lab.Context(facts: new SessionFacts { DeviceIsNew = true })).Verdict);
        Assert.Equal(Verdict.Forward, Lab.Judge(set, bootstrap).Verdict);
    }

    [Fact]
    public void A_mention_without_a_value_satisfies_no_value() =>
        Assert.False(Holds(Lab.Rule("writes", "{ value: { not-in: [a] } }"), Lab.Add("Device.DNS.Client.Server.")));

    [Fact]
    public void Reading_the_root_is_no_reading_of_every_class() =>
        Assert.False(Holds(Lab.Rule("reads", "{ parameter: { path: \"Device.DNS.**\" } }"), Lab.Read("Device.")));

    [Fact]
    public void A_message_with_one_bad_value_is_refused_whole() =>
        Assert.True(Holds(Lab.Rule("SetParameterValues", "{ parameter: { path: \"**.DNSServer\" }, value: { as: ip, not-in: $resolvers } }"), Lab.Write(("Device.A", "x"), (Dns, "203.0.113.66"))));

    private static bool Holds(RuleSet set, RawMessage message) => Lab.Judge(set, message).Verdict == Verdict.Deny;

    private static CwmpMessage Message(RawMessage raw) => Inspector.Inspect(Lab.Rule("Kicked", "{ }"), raw, Lab.Context()).Message!;
}
