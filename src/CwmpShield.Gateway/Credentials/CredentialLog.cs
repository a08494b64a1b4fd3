using Microsoft.Extensions.Logging;

namespace CwmpShield.Gateway.Credentials;

/// <summary>What is logged of credentials: 2200–2299, and never one of them.</summary>
internal static partial class CredentialLog
{
    /// <summary>A credential has come a step further.</summary>
    [LoggerMessage(2200, LogLevel.Information, "Credential {Purpose} of {Device}: {Step}")]
    public static partial void CredentialStep(this ILogger log, string purpose, string device, string step);

    /// <summary>What happened to a credential could not be written down: old and new stay good.</summary>
    [LoggerMessage(2201, LogLevel.Warning, "Credential {Purpose} of {Device}: {Step} could not be written down; old and new stay good")]
    public static partial void CredentialStepUnrecorded(this ILogger log, string purpose, string device, string step, Exception error);

    /// <summary>A rotation to a weak secret.</summary>
    [LoggerMessage(2202, LogLevel.Warning, "Credential {Purpose} of {Device} is set to one that is weak: {Weakness}")]
    public static partial void CredentialWeak(this ILogger log, string purpose, string device, string weakness);
}
