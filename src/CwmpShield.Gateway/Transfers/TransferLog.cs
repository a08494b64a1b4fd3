using Microsoft.Extensions.Logging;

namespace CwmpShield.Gateway.Transfers;

/// <summary>What the outcome of transfers logs. Devices appear in their percent-encoded form.</summary>
internal static partial class TransferLog
{
    /// <summary>Something that an operator should look at.</summary>
    [LoggerMessage(5100, LogLevel.Warning, "Signal {Reason}: device {Device}, artefact {Artefact}")]
    public static partial void Signalled(this ILogger log, string reason, string device, string artefact);

    /// <summary>A rollout was halted.</summary>
    [LoggerMessage(5101, LogLevel.Error, "The rollout of {Artefact} is halted: too many devices failed. cwmpshield artefact rollout resume lets it go on")]
    public static partial void RolloutHalted(this ILogger log, string artefact);

    /// <summary>The store could not be asked for overdue transfers.</summary>
    [LoggerMessage(5102, LogLevel.Warning, "Overdue transfers could not be looked for; the next look follows")]
    public static partial void SweepFailed(this ILogger log, Exception error);
}
