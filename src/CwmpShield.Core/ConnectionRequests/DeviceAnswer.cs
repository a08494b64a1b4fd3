namespace CwmpShield.Core.ConnectionRequests;

/// <summary>The head of what a device answers to a connection request; its body means nothing.</summary>
/// <param name="Status">100–599.</param>
/// <param name="Challenges">Values of WWW-Authenticate, in order.</param>
/// <param name="BodyLength">Bytes of the body where they are known and the connection stays open behind them; else -1.</param>
/// <param name="HeadLength">Bytes of the head.</param>
public sealed record DeviceAnswer(int Status, IReadOnlyList<string> Challenges, int BodyLength, int HeadLength);

/// <summary>How far the head of an answer has come.</summary>
public enum DeviceAnswerState
{
    /// <summary>It is no HTTP/1.</summary>
    Broken = 0,

    /// <summary>More has to come.</summary>
    Incomplete,

    /// <summary>It is whole.</summary>
    Complete,
}
