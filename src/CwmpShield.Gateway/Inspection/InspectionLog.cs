using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Decisions;
using Microsoft.Extensions.Logging;

namespace CwmpShield.Gateway.Inspection;

/// <summary>What the inspection stage logs. Nothing that a stranger wrote is in it: devices appear in their percent-encoded form.</summary>
internal static partial class InspectionLog
{
    /// <summary>A message that is not simply forwarded.</summary>
    [LoggerMessage(5000, LogLevel.Information, "{Verdict}: {Rpc} {Direction}, rule {Rule}, reason {Reason}, device {Device}")]
    public static partial void Judged(this ILogger log, Verdict verdict, RpcKind rpc, Direction direction, string rule, string reason, string device);

    /// <summary>Identity mode observe: an Inform that enforce would have refused.</summary>
    [LoggerMessage(2300, LogLevel.Information, "Listener {Listener} would refuse {Device}: {Reason}")]
    public static partial void WouldRefuse(this ILogger log, string listener, string device, string reason);

    /// <summary>An Inform was refused before its session began.</summary>
    [LoggerMessage(2301, LogLevel.Information, "Listener {Listener} refused an Inform of {Device}, proven as {Proven}: {Reason}")]
    public static partial void InformRefused(this ILogger log, string listener, string device, string proven, string reason);

    /// <summary>A session is over.</summary>
    [LoggerMessage(3000, LogLevel.Debug, "Session of {Device} ended: {Outcome}")]
    public static partial void SessionEnded(this ILogger log, string device, string outcome);

    /// <summary>A message that its session does not allow.</summary>
    [LoggerMessage(3001, LogLevel.Information, "Session violation {Reason} by {Device}")]
    public static partial void SessionViolated(this ILogger log, string reason, string device);

    /// <summary>An error of the gateway's own.</summary>
    [LoggerMessage(5001, LogLevel.Error, "The gateway failed on a message")]
    public static partial void GatewayFailed(this ILogger log, Exception error);

    /// <summary>Rules were read again.</summary>
    [LoggerMessage(8000, LogLevel.Information, "Rules {Hash} are in force")]
    public static partial void RulesInForce(this ILogger log, string hash);

    /// <summary>Rules could not be read again; the last good ones stay.</summary>
    [LoggerMessage(8001, LogLevel.Warning, "The rules were changed and are not good; the last good ones stay in force: {Diagnostic}")]
    public static partial void RulesKept(this ILogger log, string diagnostic);

    /// <summary>A device is in quarantine from now on.</summary>
    [LoggerMessage(5003, LogLevel.Warning, "Device {Device} is in quarantine by rule {Rule}")]
    public static partial void Quarantined(this ILogger log, string device, string rule);

    /// <summary>A quarantine is not in the store.</summary>
    [LoggerMessage(5004, LogLevel.Error, "The quarantine of {Device} could not be written down; it ends with the session")]
    public static partial void QuarantineUnrecorded(this ILogger log, string device, Exception error);

    /// <summary>An order was refused because the store could not be asked or written.</summary>
    [LoggerMessage(5005, LogLevel.Error, "An order could not be written down; it was refused")]
    public static partial void OrderUnsettled(this ILogger log, Exception error);

    /// <summary>A held order is not in the store.</summary>
    [LoggerMessage(5002, LogLevel.Error, "A held order could not be written down; it was refused")]
    public static partial void HeldUnrecorded(this ILogger log, Exception error);
}
