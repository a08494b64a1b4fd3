using System.Collections.Frozen;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.DataModel;

namespace CwmpShield.Core.Identity.Impersonation;

/// <summary>Names of devices that do not exist, laid out where thieves look: whoever uses one is no device.</summary>
internal sealed class CanaryList
{
    // No name of a device is longer; what a stranger sends may be.
    private const int MaxName = 256;

    private readonly FrozenSet<string> names;
    private readonly string[] globs;

    /// <summary>The list of <paramref name="entries"/>: <c>OUI-ProductClass-SerialNumber</c> as TR-069 3.4.4 writes it, or with <c>*</c> for any characters.</summary>
    public CanaryList(IEnumerable<string> entries)
    {
        var all = entries.ToList();
        names = all.Where(entry => !entry.Contains('*', StringComparison.Ordinal)).ToFrozenSet(StringComparer.OrdinalIgnoreCase);
        globs = [.. all.Where(entry => entry.Contains('*', StringComparison.Ordinal))];
    }

    /// <summary>Whether nothing is on it.</summary>
    public bool IsEmpty => names.Count == 0 && globs.Length == 0;

    /// <summary>Whether the device is one of them.</summary>
    public bool Contains(DeviceId device) => !IsEmpty && Contains(DeviceIdText.Format(device));

    /// <summary>Whether a name as somebody writes it is one of them.</summary>
    public bool Contains(string name) =>
        name.Length <= MaxName && (names.Contains(name) || Array.Exists(globs, glob => StepGlob.Matches(glob, name, ignoreCase: true)));
}
