using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Firmware;

namespace CwmpShield.Core.Rules;

/// <summary>What the gate is asked about.</summary>
internal enum ArtefactSubject
{
    /// <summary>A transfer of an order.</summary>
    Transfer = 0,

    /// <summary>A parameter whose value is an address to fetch from.</summary>
    Source,

    /// <summary>A parameter whose value names firmware that lies on the device.</summary>
    Image,
}

/// <summary>Finds out which firmware a parameter such as BootFirmwareImage chooses, as far as the session has shown it.</summary>
internal static class FirmwareImages
{
    /// <summary>Last step of the parameter that holds an image's version.</summary>
    public const string VersionStep = "Version";

    /// <summary>
    /// The version of the image that the parameter's value refers to (<c>Device.DeviceInfo.FirmwareImage.2</c>); null when it refers to none, or this session
    /// has not read its version.
    /// </summary>
    public static string? VersionFor(Judgement judgement, ParameterMention parameter)
    {
        var referred = (parameter.Value ?? "").TrimEnd('.');
        return referred.Contains('.', StringComparison.Ordinal) && judgement.TryValueOf($"{referred}.{VersionStep}", out var version) && version.Length > 0 ? version : null;
    }

    /// <summary>The gate's answer on it; null where the version is not known.</summary>
    public static ArtefactAnswer? Judge(Judgement judgement, ParameterMention parameter) =>
        VersionFor(judgement, parameter) is { } version ? ArtefactGate.JudgeImage(judgement.Artefacts, version, judgement.Traits, judgement.Now) : null;
}
