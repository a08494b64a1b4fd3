using CwmpShield.Gateway.Listening;

namespace CwmpShield.Gateway.Inspection;

/// <summary>One judged message of a device on its way to the ACS; whoever takes it is inside its session, and leaves it.</summary>
/// <param name="session">The session.</param>
/// <param name="message">Canonical bytes, charged to <paramref name="budget"/>; empty for the empty POST.</param>
/// <param name="isInform">Whether it is an Inform, whose answer brings the cookie.</param>
/// <param name="authorization">The device's own Authorization where it passes (identity mode observe); else null.</param>
/// <param name="budget">What its bytes are given back to.</param>
internal sealed class DeviceExchange(DeviceSession session, ReadOnlyMemory<byte> message, bool isInform, string? authorization, BufferBudget budget)
{
    private int taken;

    /// <summary>The session.</summary>
    public DeviceSession Session { get; } = session;

    /// <summary>Canonical bytes.</summary>
    public ReadOnlyMemory<byte> Message { get; private set; } = message;

    /// <summary>Whether it is an Inform.</summary>
    public bool IsInform { get; } = isInform;

    /// <summary>The device's own Authorization where it passes; else null.</summary>
    public string? Authorization { get; } = authorization;

    /// <summary>Takes it over: to send it, or to clean up behind a proxy that never came to send it. True for the first caller only.</summary>
    public bool TryTake() => Interlocked.Exchange(ref taken, 1) == 0;

    /// <summary>Gives its bytes back; only for whoever took it.</summary>
    public void Release()
    {
        budget.Release(Message.Length);
        Message = default;
    }
}
