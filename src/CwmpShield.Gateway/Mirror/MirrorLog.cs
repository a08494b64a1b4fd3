using Microsoft.Extensions.Logging;

namespace CwmpShield.Gateway.Mirror;

/// <summary>What the mirror logs: 6300–6399. Names and digests are the operator's own; no URL, user or password is in it.</summary>
internal static partial class MirrorLog
{
    /// <summary>A fetch has begun.</summary>
    [LoggerMessage(6300, LogLevel.Information, "Fetching artefact {Artefact}")]
    public static partial void FetchBegins(this ILogger log, string artefact);

    /// <summary>A fetch is over.</summary>
    [LoggerMessage(6301, LogLevel.Information, "Fetch of artefact {Artefact}: {Outcome}")]
    public static partial void FetchEnded(this ILogger log, string artefact, string outcome);

    /// <summary>The gateway failed in a fetch.</summary>
    [LoggerMessage(6302, LogLevel.Error, "The gateway failed while it fetched artefact {Artefact}")]
    public static partial void FetchFailed(this ILogger log, string artefact, Exception error);

    /// <summary>A file of the mirror has changed.</summary>
    [LoggerMessage(6303, LogLevel.Warning, "The mirrored file {Sha256} is damaged; it was dropped and is fetched again when it is ordered")]
    public static partial void FileDamaged(this ILogger log, string sha256);

    /// <summary>A file of the mirror cannot be read.</summary>
    [LoggerMessage(6304, LogLevel.Warning, "The mirrored file {Sha256} cannot be read")]
    public static partial void FileUnreadable(this ILogger log, string sha256, Exception error);
}
