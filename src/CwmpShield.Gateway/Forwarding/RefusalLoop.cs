using CwmpShield.Core.Decisions;
using CwmpShield.Core.Sessions;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Inspection;
using CwmpShield.Gateway.Telemetry;

namespace CwmpShield.Gateway.Forwarding;

/// <summary>
/// Carries a device's message to the ACS and the first allowed answer back. Refused orders are answered to the ACS in the
/// device's name, in rounds; when there are too many, the device is let go with 204 and the ACS is told no until it is done,
/// because hanging up on it would lock the device out.
/// </summary>
internal sealed class RefusalLoop(AcsConversation conversation, RefusalOptions options, ShieldMetrics metrics, TimeProvider time)
{
    private int loops;

    /// <summary>Sends a message of the device and goes on until the ACS is done with it. Only for whoever is inside the session.</summary>
    /// <returns>The device's answer, to which the right is claimed; null when <paramref name="device"/> has been answered, or has gone.</returns>
    public async Task<DeviceAnswer?> RunAsync(DeviceSession session, ReadOnlyMemory<byte> message, string? authorization, WaitingDevice device)
    {
        // :: Step 1: what the device says
        var turnout = await conversation.SayAsync(session, message, authorization);
        if (turnout is Turnout.Refuse && !TryEnter())
        {
            turnout = conversation.GiveUp(session, ForwardingReason.RefusalCapacity);
            return await ClaimedAsync(session, turnout, device);
        }

        // :: Step 2: no, and no again, until an answer is allowed or the device is let go
        return turnout is Turnout.Refuse ? await RefuseAsync(session, turnout, device) : await ClaimedAsync(session, turnout, device);
    }

    /// <summary>Ends a session towards the ACS in its protocol, in the name of a device that is not there any more.</summary>
    public async Task EndAsync(DeviceSession session)
    {
        var order = session.Turns.Order;
        if (session.Upstream is null || !session.Turns.SpeakForDevice())
        {
            return;
        }

        if (!TryEnter())
        {
            metrics.UpstreamError(ForwardingReason.RefusalCapacity);
            return;
        }

        try
        {
            var first = order is null ? default : Refusal.OfAnswer(order);
            await FinishAsync(session, new Turnout.Refuse(first), Refusal.AnswerWithheld);
        }
        finally
        {
            Interlocked.Decrement(ref loops);
        }
    }

    private async Task<DeviceAnswer?> RefuseAsync(DeviceSession session, Turnout turnout, WaitingDevice device)
    {
        try
        {
            using (time.CreateTimer(_ => LetGo(session, device), null, options.MaxTime, Timeout.InfiniteTimeSpan))
            {
                for (var round = 1; turnout is Turnout.Refuse refused && round < options.MaxRounds && !device.IsClaimed; round++)
                {
                    turnout = await conversation.SayAsync(session, refused.Fault);
                }
            }

            // :: Step 3: the device gets what is allowed
            if (turnout is Turnout.Deliver && Claimed(session, turnout, device) is { } answer)
            {
                return answer;
            }

            // :: Step 4: without the device, until the ACS is done
            LetGo(session, device);
            await FinishAsync(session, turnout, Refusal.OrderDenied);
            return null;
        }
        finally
        {
            Interlocked.Decrement(ref loops);
        }
    }

    private bool TryEnter()
    {
        if (Interlocked.Increment(ref loops) <= options.MaxLoops)
        {
            return true;
        }

        Interlocked.Decrement(ref loops);
        return false;
    }

    /// <summary>The answer, if it is still wanted; an order that is not was never given.</summary>
    private async ValueTask<DeviceAnswer?> ClaimedAsync(DeviceSession session, Turnout turnout, WaitingDevice device)
    {
        var answer = Claimed(session, turnout, device);
        if (answer is null && turnout is Turnout.Deliver { Order: { } order })
        {
            await conversation.DroppedAsync(session, order);
        }

        return answer;
    }

    /// <summary>The answer, if it is still wanted; what it orders counts as ordered from now on.</summary>
    private static DeviceAnswer? Claimed(DeviceSession session, Turnout turnout, WaitingDevice device)
    {
        if (turnout is not Turnout.Deliver delivered || !device.TryClaim())
        {
            return null;
        }

        if (delivered.Order is not null)
        {
            session.Facts.Ordered(delivered.Order);
        }

        return delivered.Answer;
    }

    private static void LetGo(DeviceSession session, WaitingDevice device)
    {
        if (device.TryClaim())
        {
            session.RequestEnd(SessionOutcome.RefusalsExhausted);

            // Whoever lets the device go has more to do, for the ACS.
            ThreadPool.UnsafeQueueUserWorkItem(static one => one.Give(new DeviceAnswer.Empty()), device, preferLocal: false);
        }
    }

    private async Task FinishAsync(DeviceSession session, Turnout turnout, int code)
    {
        var start = time.GetTimestamp();
        for (var round = 0; round < options.DrainRounds && time.GetElapsedTime(start) < options.DrainTime; round++)
        {
            if (turnout is Turnout.Deliver delivered)
            {
                if (delivered.Order is null)
                {
                    return;
                }

                turnout = await conversation.WithholdAsync(session, delivered.Order, code);
            }

            turnout = await conversation.SayAsync(session, ((Turnout.Refuse)turnout).Fault);
        }

        if (turnout is Turnout.Refuse or Turnout.Deliver { Order: not null })
        {
            metrics.UpstreamError(ForwardingReason.RefusalAbandoned);
            session.Turns.End();
        }
    }
}
