using CwmpShield.Core.Cwmp;

namespace CwmpShield.Cli;

/// <summary>What a verb is about to change, as the ledger names it.</summary>
/// <param name="Text">The device, artefact, held order, key or file.</param>
/// <param name="Device">The device, where it is one.</param>
internal sealed record ChangeSubject(string Text, string Device = "")
{
    /// <summary>A device.</summary>
    public static ChangeSubject Of(DeviceId device) => new(device.ToString(), device.ToString());
}
