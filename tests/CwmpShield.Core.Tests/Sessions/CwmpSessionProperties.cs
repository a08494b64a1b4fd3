using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Sessions;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace CwmpShield.Core.Tests.Sessions;

/// <summary>Whatever comes in whatever order, the machine keeps its word.</summary>
public sealed class CwmpSessionProperties
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly CwmpMessage?[] Device =
    [
        null,
        Messages.Inform("1"),
        Messages.Request(RpcKind.TransferComplete, "2"),
        Messages.Request(RpcKind.GetRPCMethods, null),
        Messages.Answer(Messages.Order(RpcKind.GetParameterValues, "a")),
        Messages.Answer(Messages.Order(RpcKind.GetParameterValues, "b")),
        Messages.Answer(Messages.Order(RpcKind.Reboot, "a")),
        Messages.DeviceFault("a"),
        Messages.DeviceFault(null),
    ];

    private static readonly CwmpMessage?[] Acs =
    [
        null,
        Messages.InformResponse("1"),
        Messages.InformResponse("1", hold: true),
        Messages.Response(RpcKind.TransferComplete, "2"),
        Messages.AcsFault(8005, "1"),
        Messages.AcsFault(8002, "2"),
        Messages.Order(RpcKind.GetParameterValues, "a"),
        Messages.Order(RpcKind.Reboot, "a", hold: true),
        Messages.Order(RpcKind.GetParameterValues, null),
    ];

    [Fact]
    public void Keeps_its_word_under_any_interleaving() =>
        Prop.ForAll<int[]>(steps =>
        {
            var session = new CwmpSession(SessionBounds.Default with { MaxRequests = 40 }, Start);
            var now = Start;
            foreach (var step in steps)
            {
                now += TimeSpan.FromSeconds(Math.Abs((long)step) % 7);
                Take(session, Math.Abs((long)step), now);
                AssertSound(session);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000).WithEndSize(80));

    private static void Take(CwmpSession session, long step, DateTimeOffset now)
    {
        var state = session.State;
        var order = session.Order;
        switch (step % 16)
        {
            case < 7:
                var sent = Device[step / 16 % Device.Length];
                AssertDeviceTurn(session, state, order, sent, session.FromDevice(sent, now));
                break;
            case < 13:
                var answer = Acs[step / 16 % Acs.Length];
                AssertAcsTurn(session, state, answer, session.FromAcs(answer));
                break;
            case 13:
                Assert.Equal(state is SessionState.AnswerOwed or SessionState.DeviceTurn, session.SpeakForDevice());
                break;
            case 14:
                session.TakeBack();
                break;
            default:
                Assert.True(session.Expired(now + TimeSpan.FromHours(2)) is { EndsSession: true });
                break;
        }
    }

    private static void AssertDeviceTurn(CwmpSession session, SessionState state, CwmpMessage? order, CwmpMessage? sent, SessionViolation? violation)
    {
        if (violation is not null)
        {
            Assert.Equal(state, session.State);
            return;
        }

        Assert.Equal(SessionState.AcsTurn, session.State);
        Assert.False(state is SessionState.AcsTurn or SessionState.Ended);
        Assert.Equal(state == SessionState.InformOwed, sent?.Rpc == RpcKind.Inform);
        Assert.Equal(state == SessionState.AnswerOwed, sent?.Role is MessageRole.Response or MessageRole.Fault);
        Assert.True(order?.Id is null || string.Equals(order.Id, sent!.Id, StringComparison.Ordinal));
    }

    private static void AssertAcsTurn(CwmpSession session, SessionState state, CwmpMessage? answer, SessionViolation? violation)
    {
        if (violation is not null)
        {
            Assert.Equal(state, session.State);
            return;
        }

        Assert.Equal(SessionState.AcsTurn, state);
        Assert.NotEqual(SessionState.AcsTurn, session.State);
        Assert.Equal(answer?.IsOrder == true, session.State == SessionState.AnswerOwed);
    }

    private static void AssertSound(CwmpSession session)
    {
        Assert.Equal(session.State == SessionState.AnswerOwed, session.Order is not null);
        Assert.True(session.State is SessionState.Ended or SessionState.InformOwed or SessionState.AcsTurn || session.IsInformed);
    }
}
