using Microsoft.Extensions.Logging;

namespace CwmpShield.Gateway.Firmware;

/// <summary>What the artefact gate logs: 8100–8199. Names and reasons are the operator's own.</summary>
internal static partial class ArtefactLog
{
    /// <summary>A manifest has been taken in.</summary>
    [LoggerMessage(8100, LogLevel.Information, "Artefact manifest version {Version} is in force: {Artefacts} artefacts, signed by {Signers}, until {Expires:yyyy-MM-dd HH:mm:ssZ}")]
    public static partial void ManifestInForce(this ILogger log, long version, int artefacts, string signers, DateTimeOffset expires);

    /// <summary>A manifest does not count; the last good one stays.</summary>
    [LoggerMessage(8101, LogLevel.Error, "The artefact manifest does not count ({Reason}); the last good one stays in force, if there was one: {Problems}")]
    public static partial void ManifestKept(this ILogger log, string reason, string problems);

    /// <summary>Versions reached and withdrawals cannot be read or written.</summary>
    [LoggerMessage(8103, LogLevel.Error, "What is remembered of artefacts cannot be read or written; what was in force stays: {Error}")]
    public static partial void StoreFailed(this ILogger log, string error);

    /// <summary>Rules do not ask for reasons.</summary>
    [LoggerMessage(8105, LogLevel.Warning, "No rule refuses on these reasons of the artefact gate, which is configured: {Reasons}. Take rules/50-artefacts.yaml of this version in")]
    public static partial void ReasonsUnasked(this ILogger log, string reasons);

    /// <summary>Withdrawals have changed.</summary>
    [LoggerMessage(8104, LogLevel.Warning, "{Count} artefacts are withdrawn by operators")]
    public static partial void WithdrawalsInForce(this ILogger log, int count);
}
