namespace CwmpShield.Gateway.Telemetry;

/// <summary>Event codes of Informs (TR-069 3.7.1.5, table 8) as a closed list of words.</summary>
internal static class EventWord
{
    /// <summary>Every word: the codes of TR-069, then families of codes.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "0 BOOTSTRAP", "1 BOOT", "2 PERIODIC", "3 SCHEDULED", "4 VALUE CHANGE", "5 KICKED", "6 CONNECTION REQUEST", "7 TRANSFER COMPLETE",
        "8 DIAGNOSTICS COMPLETE", "9 REQUEST DOWNLOAD", "10 AUTONOMOUS TRANSFER COMPLETE", "11 DU STATE CHANGE COMPLETE",
        "12 AUTONOMOUS DU STATE CHANGE COMPLETE", "13 WAKEUP", "14 HEARTBEAT", "method", "vendor", "other",
    ];

    /// <summary>Place of a code's word: <c>M …</c> is <c>method</c>, <c>X …</c> is <c>vendor</c>, what TR-069 does not know is <c>other</c>.</summary>
    public static int IndexOf(string code)
    {
        for (var i = 0; i < All.Count - 3; i++)
        {
            if (string.Equals(All[i], code, StringComparison.Ordinal))
            {
                return i;
            }
        }

        return code.StartsWith("M ", StringComparison.Ordinal) ? All.Count - 3
            : code.StartsWith("X ", StringComparison.Ordinal) ? All.Count - 2
            : All.Count - 1;
    }
}
