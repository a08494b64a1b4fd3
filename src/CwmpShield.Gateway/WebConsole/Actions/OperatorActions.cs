using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Identity;
using CwmpShield.Gateway.Storage;

namespace CwmpShield.Gateway.WebConsole.Actions;

/// <summary>
/// Everything that an operator can change by the console. Each action is written down first; what cannot be written down is not done.
/// Pages check who may (the gate does), this class does.
/// </summary>
internal sealed class OperatorActions(OperatorJournal journal, IDeviceRegistry registry, TimeProvider time)
{
    /// <summary>Characters of a reason at most.</summary>
    public const int MaxReasonLength = 256;

    /// <summary>Why <paramref name="reason"/> cannot be taken; null when it can.</summary>
    public static string? ReasonProblem(string? reason) =>
        reason is { Length: > 0 and <= MaxReasonLength } && !string.IsNullOrWhiteSpace(reason) && !reason.Any(char.IsControl)
            ? null
            : $"A reason is asked for: 1 to {MaxReasonLength} characters on one line, for example a ticket.";

    /// <summary>Changes a device's status; null when there is no such device, or its status doesn't fit (any more).</summary>
    /// <param name="who">Who does it, and from where.</param>
    /// <param name="action">One of the device actions of <see cref="OperatorAction"/>.</param>
    /// <param name="device">The device.</param>
    /// <param name="reason">Why (<see cref="ReasonProblem"/>).</param>
    /// <param name="cancellationToken">Stops the work before it begins.</param>
    public async ValueTask<RegisteredDevice?> ChangeDeviceAsync(
        Operator who, string action, DeviceId device, string reason, CancellationToken cancellationToken)
    {
        var change = Change(action, reason, time.GetUtcNow());
        await journal.WriteAsync(who.Does(action, device.ToString(), reason) with { Device = device.ToString() });
        return await registry.ChangeStatusAsync(device, change, cancellationToken);
    }

    /// <summary>The device actions that fit a status, with the words of their buttons.</summary>
    public static IReadOnlyList<(string Action, string Word)> ActionsFor(DeviceStatus status) => status switch
    {
        DeviceStatus.Disabled => [(OperatorAction.DeviceEnable, "Enable")],
        DeviceStatus.Quarantined => [(OperatorAction.DeviceRelease, "Release from quarantine"), (OperatorAction.DeviceDisable, "Disable")],
        _ => [(OperatorAction.DeviceQuarantine, "Quarantine"), (OperatorAction.DeviceDisable, "Disable")],
    };

    private static StatusChange Change(string action, string reason, DateTimeOffset now) => action switch
    {
        OperatorAction.DeviceQuarantine => StatusChange.Quarantine(reason, now),
        OperatorAction.DeviceRelease => StatusChange.Release(reason, now),
        OperatorAction.DeviceDisable => StatusChange.Disable(reason, now),
        OperatorAction.DeviceEnable => StatusChange.Enable(reason, now),
        _ => throw new ArgumentOutOfRangeException(nameof(action), action, "No action on devices."),
    };
}

/// <summary>Who acts, and from where.</summary>
/// <param name="Name">Account name.</param>
/// <param name="Source">Address of the browser.</param>
internal sealed record Operator(string Name, string Source)
{
    /// <summary>What is written down of an action.</summary>
    public OperatorAction Does(string action, string subject, string reason) => new(Name, action, subject, reason, Source);
}
