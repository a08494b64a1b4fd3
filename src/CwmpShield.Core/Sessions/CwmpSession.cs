using System.Globalization;
using CwmpShield.Core.Cwmp;

namespace CwmpShield.Core.Sessions;

/// <summary>
/// The turn-taking of one CWMP session (TR-069 3.7): what the device may send, and what the ACS may answer. Pure: instants
/// are passed in, nothing is sent, nothing is thrown. A message that is refused leaves the state as it was.
/// Not safe for use by two threads at a time.
/// </summary>
public sealed class CwmpSession
{
    private readonly SessionBounds bounds;
    private readonly DateTimeOffset started;
    private DateTimeOffset lastHeard;
    private TimeSpan silence;
    private int requests;
    private Turn turn = new(SessionState.InformOwed);
    private Turn before = new(SessionState.InformOwed);

    /// <summary>Opens a session that waits for its Inform.</summary>
    public CwmpSession(SessionBounds bounds, DateTimeOffset now)
    {
        this.bounds = bounds;
        started = now;
        lastHeard = now;
        silence = bounds.MaxSilence;
    }

    /// <summary>Whose turn it is.</summary>
    public SessionState State => turn.State;

    /// <summary>The order that an answer is owed to; null where none is.</summary>
    public CwmpMessage? Order => turn.State == SessionState.AnswerOwed ? turn.Asked : null;

    /// <summary>Whether the ACS's turn is one for an order: nothing is asked of it.</summary>
    public bool AwaitsOrder => turn is { State: SessionState.AcsTurn, Asked: null };

    /// <summary>Whether an Inform has been answered with InformResponse.</summary>
    public bool IsInformed { get; private set; }

    /// <summary>Whether the device has sent the empty POST that ends its requests.</summary>
    public bool RequestsClosed => turn.RequestsClosed;

    /// <summary>The instant after which the session has expired, unless the device speaks before.</summary>
    public DateTimeOffset ExpiresAt => started + bounds.MaxLife < lastHeard + silence ? started + bounds.MaxLife : lastHeard + silence;

    /// <summary>Which bound the session has outlived at <paramref name="now"/>, null when none.</summary>
    public SessionViolation? Expired(DateTimeOffset now) =>
        now - started > bounds.MaxLife ? new SessionViolation(SessionReason.SessionTooLong, EndsSession: true)
        : now - lastHeard > silence ? new SessionViolation(SessionReason.SessionTimeout, EndsSession: true)
        : null;

    /// <summary>
    /// Takes a message of the device that began to arrive at <paramref name="now"/>, null for an empty POST; afterwards the ACS
    /// has the turn.
    /// </summary>
    /// <returns>Why it is not allowed, null when it is.</returns>
    public SessionViolation? FromDevice(CwmpMessage? message, DateTimeOffset now)
    {
        if (Expired(now) is { } expired)
        {
            return expired;
        }

        if (++requests > bounds.MaxRequests)
        {
            return new SessionViolation(SessionReason.SessionTooManyRequests, EndsSession: true);
        }

        if (DeviceViolation(message) is { } violation)
        {
            return violation;
        }

        lastHeard = now;
        before = turn;
        if (message?.Rpc == RpcKind.Inform)
        {
            silence = Longest(bounds.MaxSilence, SessionTimeoutOf(message), bounds.MaxLife);
        }

        turn = turn with
        {
            State = SessionState.AcsTurn,
            Asked = message?.Role == MessageRole.Request ? message : null,
            RequestsClosed = turn.RequestsClosed || (message is null && !turn.Hold),
        };
        return null;
    }

    /// <summary>Takes the ACS's answer, null for an empty one (204, or 200 without a body).</summary>
    /// <returns>Why it is not allowed, null when it is; a violation leaves the turn with the ACS.</returns>
    public SessionViolation? FromAcs(CwmpMessage? message)
    {
        if (turn.State != SessionState.AcsTurn)
        {
            return new SessionViolation(SessionReason.AcsOutOfTurn, EndsSession: true);
        }

        if (AcsViolation(message) is { } reason)
        {
            return new SessionViolation(reason, EndsSession: true);
        }

        var asked = turn.Asked;
        IsInformed |= asked?.Rpc == RpcKind.Inform && message?.Role == MessageRole.Response;
        turn = turn with
        {
            State = After(asked, message),
            Asked = message?.Role == MessageRole.Request ? message : null,
            Hold = message is { Role: not MessageRole.Fault, HoldRequests: true },
        };
        return null;
    }

    /// <summary>
    /// Takes it that the gateway spoke in the device's name: a fault where an answer is owed, else the empty POST after which
    /// the device has no requests. The ACS has the turn then.
    /// </summary>
    /// <returns>False where it is not the device's turn, or its Inform is still owed.</returns>
    public bool SpeakForDevice()
    {
        if (turn.State is not (SessionState.AnswerOwed or SessionState.DeviceTurn))
        {
            return false;
        }

        before = turn;
        turn = turn with
        {
            State = SessionState.AcsTurn,
            Asked = null,
            RequestsClosed = turn.RequestsClosed || turn.State == SessionState.DeviceTurn,
        };
        return true;
    }

    /// <summary>The device's last message did not reach the ACS, or was not taken (401): the device has the same turn again.</summary>
    public void TakeBack()
    {
        if (turn.State == SessionState.AcsTurn)
        {
            turn = before;
        }
    }

    /// <summary>The device has its answer: its silence counts from now, however long message and answer took.</summary>
    public void BeginSilence(DateTimeOffset now) => lastHeard = now;

    /// <summary>Ends the session.</summary>
    public void End() => turn = default;

    private static SessionViolation Ends(string reason) => new(reason, EndsSession: true);

    private static SessionViolation Told(string reason) => new(reason, EndsSession: false);

    private SessionViolation? DeviceViolation(CwmpMessage? message) => turn.State switch
    {
        SessionState.InformOwed => message is { Rpc: RpcKind.Inform, Role: MessageRole.Request } ? null : Ends(SessionReason.InformExpected),
        SessionState.DeviceTurn => message?.Role switch
        {
            null => null,
            MessageRole.Request when message.Rpc == RpcKind.Inform => Told(SessionReason.InformRepeated),
            MessageRole.Request when turn.RequestsClosed => Told(SessionReason.RequestAfterEmptyPost),
            MessageRole.Request when turn.Hold => Told(SessionReason.RequestHeld),
            MessageRole.Request => null,
            _ => Ends(SessionReason.AnswerUnsolicited),
        },
        SessionState.AnswerOwed => message?.Role switch
        {
            null => Ends(SessionReason.AnswerMissing),
            MessageRole.Request when message.Rpc == RpcKind.Inform => Told(SessionReason.InformRepeated),
            MessageRole.Request when turn.RequestsClosed => Told(SessionReason.RequestAfterEmptyPost),
            MessageRole.Request => Told(SessionReason.RequestOutOfTurn),
            _ => AnswerMatch.Violation(turn.Asked!, message) is { } reason ? Ends(reason) : null,
        },
        SessionState.AcsTurn => Told(SessionReason.ExchangeConcurrent),
        _ => Ends(SessionReason.SessionOver),
    };

    private string? AcsViolation(CwmpMessage? message) => (turn.Asked, message?.Role) switch
    {
        ({ Rpc: RpcKind.Inform }, null) => SessionReason.AcsAnswerMissing,
        (_, null) => null,
        (null, MessageRole.Request) => null,
        (null, _) => SessionReason.AcsAnswerUnsolicited,
        (_, MessageRole.Request) => SessionReason.AcsOrderOutOfTurn,
        ({ } request, _) => AnswerMatch.AcsViolation(request, message!),
    };

    private SessionState After(CwmpMessage? asked, CwmpMessage? answer) => (asked, answer?.Role) switch
    {
        (_, MessageRole.Request) => SessionState.AnswerOwed,
        ({ Rpc: RpcKind.Inform }, MessageRole.Fault) => answer!.Fault?.Code == RetryRequest ? SessionState.InformOwed : SessionState.Ended,
        (null, null) => turn.RequestsClosed ? SessionState.Ended : SessionState.DeviceTurn,
        _ => SessionState.DeviceTurn,
    };

    /// <summary>Fault 8005: the device sends the same request again at once (TR-069 A.5.2).</summary>
    private const int RetryRequest = 8005;

    private static TimeSpan SessionTimeoutOf(CwmpMessage inform)
    {
        foreach (var header in inform.Envelope.Headers)
        {
            if (string.Equals(header.LocalName, "SessionTimeout", StringComparison.Ordinal)
                && ushort.TryParse(header.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            {
                return TimeSpan.FromSeconds(seconds);
            }
        }

        return TimeSpan.Zero;
    }

    private static TimeSpan Longest(TimeSpan usual, TimeSpan wished, TimeSpan cap) =>
        wished <= usual ? usual : wished < cap ? wished : cap;

    /// <summary>Everything that a message changes; the default value is the end.</summary>
    /// <param name="State">Whose turn.</param>
    /// <param name="Asked">The request that the ACS answers, or the order that the device answers.</param>
    /// <param name="Hold">HoldRequests of the ACS's last envelope.</param>
    /// <param name="RequestsClosed">Whether the empty POST has been sent.</param>
    private readonly record struct Turn(SessionState State, CwmpMessage? Asked = null, bool Hold = false, bool RequestsClosed = false);
}
