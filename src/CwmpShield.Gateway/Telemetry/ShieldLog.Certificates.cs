using Microsoft.Extensions.Logging;

namespace CwmpShield.Gateway.Telemetry;

/// <summary>Log messages of certificates and revocation: 2100–2199. None carries what a stranger sent.</summary>
internal static partial class ShieldLog
{
    [LoggerMessage(2101, LogLevel.Information, "Listener {Listener} took in the revocation lists of {Source}.")]
    public static partial void CrlLoaded(ILogger logger, string listener, string source);

    [LoggerMessage(2102, LogLevel.Error, "Listener {Listener} could not take in all revocation lists of {Source}: {Reason}; the last good ones stay in use.")]
    public static partial void CrlFailed(ILogger logger, string listener, string source, string reason);

    [LoggerMessage(2103, LogLevel.Warning, "Listener {Listener} got no usable answer from its OCSP responder: {Reason}.")]
    public static partial void OcspFailed(ILogger logger, string listener, string reason);

    [LoggerMessage(2104, LogLevel.Warning, "Presented certificates could not be recorded: {Error}.")]
    public static partial void InventoryFailed(ILogger logger, string error);
}
