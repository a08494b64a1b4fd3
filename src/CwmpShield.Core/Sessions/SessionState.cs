namespace CwmpShield.Core.Sessions;

/// <summary>Whose turn it is in a session, and for what.</summary>
public enum SessionState
{
    /// <summary>Over: nothing more is accepted.</summary>
    Ended = 0,

    /// <summary>The device owes an Inform: at the start, and again after fault 8005.</summary>
    InformOwed,

    /// <summary>The ACS answers the device's last message.</summary>
    AcsTurn,

    /// <summary>The device sends a request or its empty POST.</summary>
    DeviceTurn,

    /// <summary>The device owes the answer to an order.</summary>
    AnswerOwed,
}
