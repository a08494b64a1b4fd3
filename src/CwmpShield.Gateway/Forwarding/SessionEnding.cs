using CwmpShield.Gateway.Inspection;
using CwmpShield.Gateway.Telemetry;
using Microsoft.Extensions.Logging;

namespace CwmpShield.Gateway.Forwarding;

/// <summary>Ends sessions: tells the ACS in its protocol, closes the connection, forgets and counts.</summary>
internal sealed class SessionEnding(
    RefusalLoop loop, SessionParticipants participants, SessionTable table, ShieldMetrics metrics, TimeProvider time, ILogger<SessionEnding> log)
{
    /// <summary>Ends <paramref name="session"/> because of <paramref name="outcome"/>, now or when its exchange is over; does not wait.</summary>
    public void Request(DeviceSession session, string outcome)
    {
        if (session.RequestEnd(outcome))
        {
            _ = EndAsync(session);
        }
    }

    /// <summary>Ends <paramref name="session"/> if its device has been silent for too long; does not wait.</summary>
    public void Expire(DeviceSession session, DateTimeOffset now)
    {
        if (session.TryExpire(now))
        {
            _ = EndAsync(session);
        }
    }

    /// <summary>Leaves <paramref name="session"/> after an exchange, and ends it where that was requested or the session is over.</summary>
    public void Leave(DeviceSession session)
    {
        if (session.Turns.State == Core.Sessions.SessionState.Ended)
        {
            session.RequestEnd(SessionOutcome.Completed);
        }

        if (session.Leave(time.GetUtcNow()) is not null)
        {
            _ = EndAsync(session);
        }
    }

    /// <summary>Leaves <paramref name="session"/> and ends it without another word to the ACS: what was said last is not known.</summary>
    public void Abort(DeviceSession session)
    {
        session.Turns.End();
        session.RequestEnd(SessionOutcome.AcsFailed);
        Leave(session);
    }

    private async Task EndAsync(DeviceSession session)
    {
        try
        {
            await loop.EndAsync(session);
        }
        catch (Exception error)
        {
            log.GatewayFailed(error);
        }
        finally
        {
            await participants.EndedAsync(session);
            table.Remove(session);
            session.Close();
            metrics.SessionEnded(session.Outcome);
            log.SessionEnded(session.Device.Device.ToString(), session.Outcome);
        }
    }
}
