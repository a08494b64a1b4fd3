using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Decisions;
using CwmpShield.Core.Rules;
using CwmpShield.Core.Sessions;

namespace CwmpShield.Core.Tests.Rules;

/// <summary>Values whose meaning needs a sibling, ordered in pieces.</summary>
public sealed class SplitOrderTests
{
    private const string Tag = "Device.DHCPv4.Server.Pool.1.Option.1.Tag";
    private const string Value = "Device.DHCPv4.Server.Pool.1.Option.1.Value";
    private const string Evil = "CB007142";
    private const string Good = "C0000235";

    private static readonly RuleSet Rules = Lab.Rule("SetParameterValues", "{ value: { as: dhcp-option, tag: [6, \"v6:23\"], not-in: $resolvers }, parameter: { path: \"Device.*.Server.Pool.{i}.Option.\" } }");

    [Theory]
    [InlineData("6", Evil, Verdict.Deny)]
    [InlineData("6", Good, Verdict.Forward)]
    [InlineData("60", Evil, Verdict.Forward)]
    [InlineData("six", Good, Verdict.Deny)]
    public void Judges_a_value_by_the_tag_beside_it(string tag, string value, Verdict expected) =>
        Assert.Equal(expected, Lab.Judge(Rules, Lab.Write((Tag, tag), (Value, value))).Verdict);

    [Fact]
    public void Judges_a_value_without_its_tag_under_every_listed_meaning()
    {
        Assert.Equal(Verdict.Deny, Lab.Judge(Rules, Lab.Write((Value, Evil))).Verdict);
        Assert.Equal(Verdict.Forward, Lab.Judge(Rules, Lab.Write((Value, Good))).Verdict);
    }

    [Fact]
    public void Denies_a_tag_whose_value_is_not_known() => Assert.Equal(Verdict.Deny, Lab.Judge(Rules, Lab.Write((Tag, "6"))).Verdict);

    [Fact]
    public void Denies_the_tag_that_makes_an_acknowledged_value_dangerous()
    {
        var facts = Acknowledged(Lab.Write((Tag, "60"), (Value, Evil)));

        Assert.Equal(Verdict.Deny, Lab.Judge(Rules, Lab.Write((Tag, "6")), Lab.Context(facts: facts)).Verdict);
    }

    [Fact]
    public void Forwards_the_tag_of_an_acknowledged_good_value()
    {
        var facts = Acknowledged(Lab.Write((Tag, "60"), (Value, Good)));

        Assert.Equal(Verdict.Forward, Lab.Judge(Rules, Lab.Write((Tag, "6")), Lab.Context(facts: facts)).Verdict);
    }

    [Fact]
    public void Trusts_what_was_read_in_the_session()
    {
        var facts = new SessionFacts { Wanted = Rules.SiblingNames };
        var order = Message(Lab.Read(Tag));
        facts.Ordered(order);
        facts.Answered(order, Message(Lab.Values((Tag, "60"))));

        Assert.Equal(Verdict.Forward, Lab.Judge(Rules, Lab.Write((Value, Evil)), Lab.Context(facts: facts)).Verdict);
    }

    [Fact]
    public void Forgets_what_an_unanswered_order_touches()
    {
        var facts = Acknowledged(Lab.Write((Tag, "60")));
        facts.Ordered(Message(Lab.Write((Tag, "60"))));

        Assert.Equal(Verdict.Deny, Lab.Judge(Rules, Lab.Write((Value, Evil)), Lab.Context(facts: facts)).Verdict);
    }

    [Fact]
    public void Does_not_take_an_option_of_DHCPv6_for_one_of_DHCPv4() =>
        Assert.Equal(Verdict.Forward, Lab.Judge(Rules, Lab.Write(("Device.DHCPv6.Server.Pool.1.Option.1.Tag", "6"), ("Device.DHCPv6.Server.Pool.1.Option.1.Value", Evil))).Verdict);

    [Fact]
    public void Does_not_let_an_alias_say_which_protocol_it_is() =>
        Assert.Equal(Verdict.Deny, Lab.Judge(Rules, Lab.Write(("Device.DHCPv4.Server.Pool.[DHCPv6].Option.1.Tag", "6"), ("Device.DHCPv4.Server.Pool.[DHCPv6].Option.1.Value", Evil))).Verdict);

    [Fact]
    public void A_sibling_that_is_not_known_counts_as_dangerous()
    {
        var set = Lab.Rule("SetParameterValues", "{ parameter: { path: Device.Echo.Enable }, value: { as: boolean, is: true }, sibling: { name: SourceIPAddress, as: ip, not-in: $resolvers } }");

        Assert.Equal(Verdict.Deny, Lab.Judge(set, Lab.Write(("Device.Echo.Enable", "1"))).Verdict);
        Assert.Equal(Verdict.Deny, Lab.Judge(set, Lab.Write(("Device.Echo.Enable", "1"), ("Device.Echo.SourceIPAddress", "203.0.113.66"))).Verdict);
        Assert.Equal(Verdict.Forward, Lab.Judge(set, Lab.Write(("Device.Echo.Enable", "1"), ("Device.Echo.SourceIPAddress", "192.0.2.53"))).Verdict);
        Assert.Equal(Verdict.Forward, Lab.Judge(set, Lab.Write(("Device.Echo.Enable", "0"))).Verdict);
    }

    private static SessionFacts Acknowledged(RawMessage order)
    {
        var facts = new SessionFacts { Wanted = Rules.SiblingNames };
        var message = Message(order);
        facts.Ordered(message);
        facts.Answered(message, Message(Lab.Message(Direction.CpeToAcs, "SetParameterValuesResponse", "<Status>0</Status>")));
        return facts;
    }

    private static CwmpMessage Message(RawMessage raw) => Inspector.Inspect(Lab.Rule("Kicked", "{ }"), raw, Lab.Context()).Message!;
}
