using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Sessions;
using CwmpShield.Core.Wire;
using Xunit;

namespace CwmpShield.Core.Tests.Sessions;

/// <summary>What a device may send in each turn.</summary>
public sealed class CwmpSessionTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly CwmpMessage Get = Messages.Order(RpcKind.GetParameterValues);

    [Fact]
    public void Accepts_a_whole_session()
    {
        var session = Fresh();

        Assert.Null(session.FromDevice(Messages.Inform(), Start));
        Assert.Equal(SessionState.AcsTurn, session.State);
        Assert.Null(session.FromAcs(Messages.InformResponse()));
        Assert.True(session.IsInformed);
        Assert.Null(session.FromDevice(Messages.Request(RpcKind.TransferComplete), Start));
        Assert.Null(session.FromAcs(Messages.Response(RpcKind.TransferComplete, "2")));
        Assert.Null(session.FromDevice(Messages.Request(RpcKind.GetRPCMethods, "3"), Start));
        Assert.Null(session.FromAcs(Messages.Response(RpcKind.GetRPCMethods, "3")));
        Assert.False(session.RequestsClosed);
        Assert.Null(session.FromDevice(null, Start));
        Assert.True(session.RequestsClosed);
        Assert.Null(session.FromAcs(Get));
        Assert.Same(Get, session.Order);
        Assert.Null(session.FromDevice(Messages.Answer(Get), Start));
        Assert.Null(session.Order);
        Assert.Null(session.FromAcs(null));
        Assert.Equal(SessionState.Ended, session.State);
    }

    [Fact]
    public void Refuses_a_first_message_that_is_no_Inform()
    {
        AssertEnds(SessionReason.InformExpected, Fresh().FromDevice(null, Start));
        AssertEnds(SessionReason.InformExpected, Fresh().FromDevice(Messages.Request(RpcKind.TransferComplete), Start));
        AssertEnds(SessionReason.InformExpected, Fresh().FromDevice(Messages.Answer(Get), Start));
    }

    [Fact]
    public void Refuses_a_second_Inform()
    {
        AssertTold(SessionReason.InformRepeated, Informed().FromDevice(Messages.Inform("9"), Start));
        AssertTold(SessionReason.InformRepeated, Ordered(Get).FromDevice(Messages.Inform("9"), Start));
    }

    [Fact]
    public void Refuses_a_device_request_after_the_empty_POST_and_keeps_the_order_owed()
    {
        var session = Ordered(Get);

        AssertTold(SessionReason.RequestAfterEmptyPost, session.FromDevice(Messages.Request(RpcKind.TransferComplete), Start));

        Assert.Same(Get, session.Order);
        Assert.Null(session.FromDevice(Messages.Answer(Get), Start));
    }

    [Fact]
    public void Refuses_a_device_request_where_an_answer_is_owed_under_HoldRequests()
    {
        var session = Informed(hold: true);
        Assert.Null(session.FromDevice(null, Start));
        Assert.Null(session.FromAcs(Get with { HoldRequests = true }));

        AssertTold(SessionReason.RequestOutOfTurn, session.FromDevice(Messages.Request(RpcKind.TransferComplete), Start));
    }

    [Fact]
    public void Refuses_an_answer_that_no_order_asked_for()
    {
        AssertEnds(SessionReason.AnswerUnsolicited, Informed().FromDevice(Messages.Answer(Get), Start));
        AssertEnds(SessionReason.AnswerUnsolicited, Informed().FromDevice(Messages.DeviceFault("o1"), Start));
    }

    [Fact]
    public void Refuses_an_answer_with_another_id()
    {
        AssertEnds(SessionReason.AnswerIdMismatch, Ordered(Get).FromDevice(Messages.Answer(Get, "o2"), Start));
        AssertEnds(SessionReason.AnswerIdMismatch, Ordered(Get).FromDevice(Messages.Answer(Get) with { Id = null }, Start));
        AssertEnds(SessionReason.AnswerIdMismatch, Ordered(Get).FromDevice(Messages.DeviceFault("o2"), Start));
        AssertEnds(SessionReason.AnswerIdMismatch, Ordered(Get).FromDevice(Messages.Answer(Get, "O1"), Start));
    }

    [Fact]
    public void Refuses_an_answer_of_another_method()
    {
        var other = Messages.Order(RpcKind.GetParameterNames);
        AssertEnds(SessionReason.AnswerNameMismatch, Ordered(Get).FromDevice(Messages.Answer(other), Start));

        var vendor = Messages.VendorOrder("X_00D09E_Ping");
        AssertEnds(SessionReason.AnswerNameMismatch, Ordered(vendor).FromDevice(Messages.Answer(Messages.VendorOrder("X_00D09E_Pong")), Start));
        Assert.Null(Ordered(vendor).FromDevice(Messages.Answer(vendor), Start));
    }

    [Fact]
    public void Refuses_an_empty_POST_where_an_answer_is_owed() =>
        AssertEnds(SessionReason.AnswerMissing, Ordered(Get).FromDevice(null, Start));

    [Fact]
    public void Accepts_a_fault_that_answers_the_order_by_its_id() =>
        Assert.Null(Ordered(Get).FromDevice(Messages.DeviceFault("o1"), Start));

    [Fact]
    public void Accepts_any_id_in_the_answer_to_an_order_without_one() =>
        Assert.Null(Ordered(Get with { Id = null }).FromDevice(Messages.Answer(Get, "whatever"), Start));

    [Fact]
    public void Refuses_a_device_message_while_the_ACS_has_the_turn()
    {
        var session = Fresh();
        Assert.Null(session.FromDevice(Messages.Inform(), Start));

        AssertTold(SessionReason.ExchangeConcurrent, session.FromDevice(null, Start));

        Assert.Null(session.FromAcs(Messages.InformResponse()));
    }

    [Fact]
    public void Refuses_everything_after_the_end()
    {
        var session = Informed();
        session.End();

        AssertEnds(SessionReason.SessionOver, session.FromDevice(null, Start));
        AssertEnds(SessionReason.SessionOver, session.FromDevice(Messages.Inform(), Start));
        AssertEnds(SessionReason.AcsOutOfTurn, session.FromAcs(null));
    }

    [Fact]
    public void Refuses_requests_while_the_ACS_holds_them_and_accepts_them_afterwards()
    {
        var session = Informed(hold: true);
        AssertTold(SessionReason.RequestHeld, session.FromDevice(Messages.Request(RpcKind.TransferComplete), Start));

        Assert.Null(session.FromDevice(null, Start));
        Assert.False(session.RequestsClosed);
        Assert.Null(session.FromAcs(null));

        Assert.Equal(SessionState.DeviceTurn, session.State);
        Assert.Null(session.FromDevice(Messages.Request(RpcKind.TransferComplete), Start));
    }

    [Fact]
    public void Takes_a_refused_order_as_answered()
    {
        var session = Ordered(Get);

        Assert.True(session.SpeakForDevice());
        Assert.False(session.SpeakForDevice());

        Assert.Null(session.FromAcs(Messages.Order(RpcKind.Reboot, "o2")));
        Assert.Equal("o2", session.Order!.Id);
    }

    [Fact]
    public void Ends_with_the_ACS_s_empty_answer_once_the_gateway_has_spoken_for_the_device()
    {
        var session = Informed(hold: true);

        Assert.True(session.SpeakForDevice());
        Assert.True(session.RequestsClosed);
        Assert.Null(session.FromAcs(null));

        Assert.Equal(SessionState.Ended, session.State);
    }

    [Fact]
    public void Does_not_speak_for_a_device_that_owes_its_Inform() => Assert.False(Fresh().SpeakForDevice());

    [Fact]
    public void Gives_the_turn_back_when_the_message_was_not_taken()
    {
        var session = Ordered(Get);
        Assert.Null(session.FromDevice(Messages.Answer(Get), Start));

        session.TakeBack();

        Assert.Same(Get, session.Order);
        Assert.Null(session.FromDevice(Messages.Answer(Get), Start));
    }

    [Fact]
    public void Ends_after_too_long_a_silence()
    {
        var session = Informed();
        Assert.Null(session.Expired(Start + TimeSpan.FromSeconds(60)));

        AssertEnds(SessionReason.SessionTimeout, session.Expired(Start + TimeSpan.FromSeconds(61)));
        AssertEnds(SessionReason.SessionTimeout, session.FromDevice(null, Start + TimeSpan.FromSeconds(61)));
    }

    [Fact]
    public void Counts_silence_from_the_answer_that_the_device_was_given()
    {
        var session = Informed();
        var answered = Start + TimeSpan.FromSeconds(45);

        session.BeginSilence(answered);

        Assert.Null(session.Expired(answered + TimeSpan.FromSeconds(60)));
        AssertEnds(SessionReason.SessionTimeout, session.FromDevice(null, answered + TimeSpan.FromSeconds(61)));
    }

    [Theory]
    [InlineData("300", 300)]
    [InlineData("30", 60)]
    [InlineData("65000", 3600)]
    [InlineData("-1", 60)]
    [InlineData("99999999999", 60)]
    public void Lets_a_device_ask_for_longer_silence_within_the_longest_life(string header, int seconds)
    {
        var session = Fresh();
        var inform = Messages.Inform("1", new SoapElement { LocalName = "SessionTimeout", Text = header });
        Assert.Null(session.FromDevice(inform, Start));

        Assert.Null(session.Expired(Start + TimeSpan.FromSeconds(seconds)));
        Assert.NotNull(session.Expired(Start + TimeSpan.FromSeconds(seconds + 1)));
    }

    [Fact]
    public void Ends_a_session_that_outlives_its_longest_life()
    {
        var session = Informed();
        var now = Start;
        for (var minute = 0; minute < 60; minute++)
        {
            now += TimeSpan.FromMinutes(1);
            Assert.Null(session.FromDevice(Messages.Request(RpcKind.GetRPCMethods), now));
            Assert.Null(session.FromAcs(Messages.Response(RpcKind.GetRPCMethods, "2")));
        }

        AssertEnds(SessionReason.SessionTooLong, session.FromDevice(null, now + TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void Ends_a_session_with_too_many_requests()
    {
        var session = new CwmpSession(SessionBounds.Default with { MaxRequests = 2 }, Start);
        Assert.Null(session.FromDevice(Messages.Inform(), Start));
        Assert.Null(session.FromAcs(Messages.InformResponse()));
        Assert.Null(session.FromDevice(null, Start));
        Assert.Null(session.FromAcs(Get));

        AssertEnds(SessionReason.SessionTooManyRequests, session.FromDevice(Messages.Answer(Get), Start));
    }

    private static CwmpSession Fresh() => new(SessionBounds.Default, Start);

    private static CwmpSession Informed(bool hold = false)
    {
        var session = Fresh();
        Assert.Null(session.FromDevice(Messages.Inform(), Start));
        Assert.Null(session.FromAcs(Messages.InformResponse(hold: hold)));
        return session;
    }

    private static CwmpSession Ordered(CwmpMessage order)
    {
        var session = Informed();
        Assert.Null(session.FromDevice(null, Start));
        Assert.Null(session.FromAcs(order));
        return session;
    }

    private static void AssertEnds(string reason, SessionViolation? violation) => Assert.Equal(new SessionViolation(reason, true), violation);

    private static void AssertTold(string reason, SessionViolation? violation) => Assert.Equal(new SessionViolation(reason, false), violation);
}
