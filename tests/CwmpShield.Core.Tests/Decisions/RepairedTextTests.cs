using System.Text;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Decisions;
using CwmpShield.Core.Rules;
using CwmpShield.Core.Tests.Rules;
using CwmpShield.Core.Wire;

namespace CwmpShield.Core.Tests.Decisions;

/// <summary>A guest of the home chooses the bytes of a host name; they may neither shut the device out nor speak for it.</summary>
public sealed class RepairedTextTests
{
    private const string Host = "Device.Hosts.Host.1.HostName";
    private const string Classes = "classes: { people-texts: { title: People, paths: [\"**.HostName\", \"**.SSID\"] } }";
    private static readonly RuleSet Set = Lab.Set($"cwmpshield: 1\n{Classes}");

    [Theory]
    [InlineData((byte)0xFC)]
    [InlineData((byte)0x07)]
    [InlineData((byte)0x00)]
    public void Forwards_a_report_with_bytes_of_no_encoding_and_records_it(byte bad)
    {
        foreach (var report in new[] { Lab.Values((Host, "K|che")), Lab.Inform("1", "4 VALUE CHANGE", (Host, "K|che")) })
        {
            var inspection = Inspector.Inspect(Set, With(report, bad), Lab.Context());

            Assert.Equal(Verdict.Neutralise, inspection.Decision.Verdict);
            Assert.Equal([WireReason.TextRepaired], inspection.Decision.Reasons);
            Assert.Equal(64, inspection.Decision.OriginalHash.Length);
            Assert.Contains(">K\uFFFDche<", Encoding.UTF8.GetString(inspection.Canonical.Span), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Judges_what_it_repaired()
    {
        var deny = Lab.Rule("[GetParameterValuesResponse]", "{ value: { matches: script } }", more: Classes);
        var neutralise = Lab.Rule("[GetParameterValuesResponse]", "{ value: { contains-markup: true } }", "neutralise", Classes);
        var report = With(Lab.Values((Host, "<script>|")), 0xFC);

        Assert.Equal(Verdict.Deny, Inspector.Inspect(deny, report, Lab.Context()).Decision.Verdict);
        var inspection = Inspector.Inspect(neutralise, report, Lab.Context());
        Assert.Equal([WireReason.TextRepaired, RuleReason.Neutralised], inspection.Decision.Reasons);
        Assert.Contains(">_script_\uFFFD<", Encoding.UTF8.GetString(inspection.Canonical.Span), StringComparison.Ordinal);
        Assert.NotEmpty(Explainer.Explain(neutralise, report, Lab.Context()));
    }

    [Fact]
    public void Denies_an_order_with_bytes_of_no_encoding()
    {
        var decision = Inspector.Inspect(Set, With(Lab.Write((Host, "K|che")), 0xFC), Lab.Context()).Decision;

        Assert.Equal((Verdict.Deny, WireReason.EncodingAmbiguous), (decision.Verdict, decision.Reasons[0]));
    }

    public static TheoryData<string, RawMessage> Elsewhere => new()
    {
        { "serial number", Lab.Inform("SN|1") },
        { "serial number, beside a guest's text that has the character itself", Lab.Inform("SN|1", "4 VALUE CHANGE", (Host, "\uFFFD")) },
        { "value of the device's own", Lab.Values(("Device.DeviceInfo.SoftwareVersion", "1|0")) },
        { "a guest's text, beside more of the character than is looked at", Lab.Values((Host, "|" + new string('\uFFFD', TextRepair.MaxRepairs))) },
        { "event", Lab.Inform("1", "2 PERIODIC|", (Host, "a")) },
        { "name of a parameter", Lab.Values(("Device.Hosts.Host.1.Host|Name", "a")) },
        { "comment", Lab.Message(Direction.CpeToAcs, "GetRPCMethods", "<!-- | -->") },
        { "element beside the schema", Lab.Message(Direction.CpeToAcs, "GetRPCMethods", "<Ext>|</Ext>") },
    };

    [Theory]
    [MemberData(nameof(Elsewhere))]
    public void Denies_a_report_with_bytes_of_no_encoding_anywhere_else(string place, RawMessage report)
    {
        Assert.NotEmpty(place);
        foreach (var (bad, reason) in new[] { ((byte)0xFC, WireReason.EncodingAmbiguous), ((byte)0, WireReason.ControlCharacter) })
        {
            var decision = Inspector.Inspect(Set, With(report, bad), Lab.Context()).Decision;

            Assert.Equal((Verdict.Deny, reason), (decision.Verdict, decision.Reasons[0]));
        }
    }

    private static RawMessage With(RawMessage message, byte bad)
    {
        var bytes = message.Body.ToArray();
        bytes[bytes.AsSpan().IndexOf((byte)'|')] = bad;
        return message with { Body = bytes };
    }
}
