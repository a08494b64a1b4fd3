using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Sessions;
using Xunit;

namespace CwmpShield.Core.Tests.Sessions;

/// <summary>What the ACS may answer in each turn.</summary>
public sealed class AcsAnswerTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Refuses_an_empty_answer_to_an_Inform() => AssertRefused(SessionReason.AcsAnswerMissing, AfterInform(), null);

    [Fact]
    public void Refuses_an_order_in_place_of_InformResponse() =>
        AssertRefused(SessionReason.AcsOrderOutOfTurn, AfterInform(), Messages.Order(RpcKind.Download));

    [Fact]
    public void Refuses_the_response_of_another_method() =>
        AssertRefused(SessionReason.AcsAnswerNameMismatch, AfterInform(), Messages.Response(RpcKind.TransferComplete, "1"));

    [Fact]
    public void Refuses_a_response_with_another_id() =>
        AssertRefused(SessionReason.AcsAnswerIdMismatch, AfterInform(), Messages.InformResponse("2"));

    [Fact]
    public void Accepts_a_response_that_leaves_the_id_out() => Assert.Null(AfterInform().FromAcs(Messages.InformResponse(null)));

    [Fact]
    public void Refuses_a_response_to_an_empty_POST() =>
        AssertRefused(SessionReason.AcsAnswerUnsolicited, AfterEmptyPost(), Messages.InformResponse());

    [Fact]
    public void Refuses_a_fault_that_answers_nothing() =>
        AssertRefused(SessionReason.AcsAnswerUnsolicited, AfterEmptyPost(), Messages.AcsFault(8002, "1"));

    [Fact]
    public void Refuses_an_answer_in_the_device_s_turn()
    {
        var session = AfterInform();
        Assert.Null(session.FromAcs(Messages.InformResponse()));
        Assert.Equal(SessionReason.AcsOutOfTurn, session.FromAcs(Messages.Order(RpcKind.Reboot))!.Value.Reason);
    }

    [Fact]
    public void Keeps_the_turn_with_the_ACS_after_a_wrong_answer()
    {
        var session = AfterInform();
        Assert.NotNull(session.FromAcs(null));

        Assert.Equal(SessionState.AcsTurn, session.State);
    }

    [Fact]
    public void Expects_the_Inform_again_after_fault_8005()
    {
        var session = AfterInform();
        Assert.Null(session.FromAcs(Messages.AcsFault(8005, "1")));

        Assert.Equal(SessionState.InformOwed, session.State);
        Assert.False(session.IsInformed);
        Assert.Null(session.FromDevice(Messages.Inform(), Start));
    }

    [Theory]
    [InlineData(8000)]
    [InlineData(8002)]
    [InlineData(8800)]
    public void Ends_the_session_after_another_fault_to_the_Inform(int code)
    {
        var session = AfterInform();
        Assert.Null(session.FromAcs(Messages.AcsFault(code, "1")));

        Assert.Equal(SessionState.Ended, session.State);
    }

    [Theory]
    [InlineData(8005)]
    [InlineData(8003)]
    public void Lets_the_device_go_on_after_a_fault_to_another_request(int code)
    {
        var session = AfterInform();
        Assert.Null(session.FromAcs(Messages.InformResponse()));
        Assert.Null(session.FromDevice(Messages.Request(RpcKind.TransferComplete), Start));
        Assert.Null(session.FromAcs(Messages.AcsFault(code, "2")));

        Assert.Equal(SessionState.DeviceTurn, session.State);
        Assert.Null(session.FromDevice(Messages.Request(RpcKind.TransferComplete), Start));
    }

    [Fact]
    public void Lets_the_device_go_on_after_an_empty_answer_to_a_request()
    {
        var session = AfterInform();
        Assert.Null(session.FromAcs(Messages.InformResponse()));
        Assert.Null(session.FromDevice(Messages.Request(RpcKind.TransferComplete), Start));
        Assert.Null(session.FromAcs(null));

        Assert.Equal(SessionState.DeviceTurn, session.State);
    }

    [Fact]
    public void Ends_the_session_after_an_empty_answer_to_the_empty_POST()
    {
        var session = AfterEmptyPost();
        Assert.Null(session.FromAcs(null));

        Assert.Equal(SessionState.Ended, session.State);
    }

    private static CwmpSession AfterInform()
    {
        var session = new CwmpSession(SessionBounds.Default, Start);
        Assert.Null(session.FromDevice(Messages.Inform(), Start));
        return session;
    }

    private static CwmpSession AfterEmptyPost()
    {
        var session = AfterInform();
        Assert.Null(session.FromAcs(Messages.InformResponse()));
        Assert.Null(session.FromDevice(null, Start));
        return session;
    }

    private static void AssertRefused(string reason, CwmpSession session, CwmpMessage? answer) =>
        Assert.Equal(new SessionViolation(reason, true), session.FromAcs(answer));
}
