namespace CwmpShield.Gateway.Forwarding;

/// <summary>
/// A device that waits for its answer. One answer is given, by whoever claims the right to it first: the conversation with the
/// ACS, the end of the device's patience, or its disconnection.
/// </summary>
internal sealed class WaitingDevice
{
    private readonly TaskCompletionSource<DeviceAnswer> answer = new();
    private int claimed;

    /// <summary>The answer.</summary>
    public Task<DeviceAnswer> Answer => answer.Task;

    /// <summary>Whether somebody has the right to answer.</summary>
    public bool IsClaimed => Volatile.Read(ref claimed) != 0;

    /// <summary>Takes the right to answer; false when somebody has it.</summary>
    public bool TryClaim() => Interlocked.Exchange(ref claimed, 1) == 0;

    /// <summary>
    /// Answers; only for whoever has claimed the right. The answer is sent from within this call, because waking another thread for it costs more than
    /// sending it: it is the last thing that its caller does.
    /// </summary>
    public void Give(DeviceAnswer given) => answer.TrySetResult(given);
}
