namespace CwmpShield.Core.Sessions;

/// <summary>Stable words for what can be wrong with the turn-taking of a session.</summary>
public static class SessionReason
{
    /// <summary>The first message of a session is not an Inform (TR-069 3.7.1.1).</summary>
    public const string InformExpected = "inform-expected";

    /// <summary>An Inform within a session that has one already.</summary>
    public const string InformRepeated = "inform-repeated";

    /// <summary>A device request after the empty POST that ended the device's requests (3.7.1.3).</summary>
    public const string RequestAfterEmptyPost = "request-after-empty-post";

    /// <summary>A device request while the ACS holds requests (HoldRequests, 3.7.1.3).</summary>
    public const string RequestHeld = "request-held";

    /// <summary>A device request where an answer to an order is owed.</summary>
    public const string RequestOutOfTurn = "request-out-of-turn";

    /// <summary>An empty POST where an answer to an order is owed.</summary>
    public const string AnswerMissing = "answer-missing";

    /// <summary>A response or fault that no order asked for.</summary>
    public const string AnswerUnsolicited = "answer-unsolicited";

    /// <summary>A response or fault with another cwmp:ID than the order's.</summary>
    public const string AnswerIdMismatch = "answer-id-mismatch";

    /// <summary>A response of another method than the order's.</summary>
    public const string AnswerNameMismatch = "answer-name-mismatch";

    /// <summary>A device message while the ACS has the turn.</summary>
    public const string ExchangeConcurrent = "exchange-concurrent";

    /// <summary>A device message after the session is over.</summary>
    public const string SessionOver = "session-over";

    /// <summary>Too long a silence.</summary>
    public const string SessionTimeout = "session-timeout";

    /// <summary>The session outlived its longest life.</summary>
    public const string SessionTooLong = "session-too-long";

    /// <summary>More requests than one session may have.</summary>
    public const string SessionTooManyRequests = "session-too-many-requests";

    /// <summary>The ACS answered an Inform with nothing.</summary>
    public const string AcsAnswerMissing = "acs-answer-missing";

    /// <summary>The ACS answered something that was not asked.</summary>
    public const string AcsAnswerUnsolicited = "acs-answer-unsolicited";

    /// <summary>The ACS answered with another cwmp:ID than the request's.</summary>
    public const string AcsAnswerIdMismatch = "acs-answer-id-mismatch";

    /// <summary>The ACS answered with the response of another method.</summary>
    public const string AcsAnswerNameMismatch = "acs-answer-name-mismatch";

    /// <summary>The ACS gave an order where it owes a response.</summary>
    public const string AcsOrderOutOfTurn = "acs-order-out-of-turn";

    /// <summary>The ACS spoke out of turn: nothing had been asked of it.</summary>
    public const string AcsOutOfTurn = "acs-out-of-turn";
}
