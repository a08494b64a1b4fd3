using CwmpShield.Core.Identity;
using CwmpShield.Gateway.WebConsole.Pages;

namespace CwmpShield.Gateway.WebConsole.Overview;

/// <summary>Something that asks for somebody.</summary>
/// <param name="Word">Word of its badge.</param>
/// <param name="Tone">Tone of its badge.</param>
/// <param name="What">What it is.</param>
/// <param name="Page">Where more of it is; null for nowhere.</param>
/// <param name="LinkText">What the link says.</param>
internal sealed record AttentionItem(string Word, string Tone, string What, string? Page = null, string LinkText = "")
{
    /// <summary>What asks for somebody, worst first.</summary>
    public static IReadOnlyList<AttentionItem> Find(IReadOnlyList<(string Name, bool IsHealthy)> checks, FleetCount fleet)
    {
        var found = new List<AttentionItem>();
        found.AddRange(checks.Where(check => !check.IsHealthy).Select(check => new AttentionItem("failed", "bad", $"The check '{check.Name}' fails: devices are refused while it does.")));
        if (fleet.Of(DeviceStatus.Quarantined) is > 0 and var quarantined)
        {
            found.Add(new("quarantined", "bad", Count(quarantined, "device is", "devices are") + " in quarantine.", "/devices?status=quarantined", "See which"));
        }

        if (fleet.Held > 0)
        {
            found.Add(new("held", "warn", Count(fleet.Held, "order waits", "orders wait") + " for a decision.", "/held", "Decide"));
        }

        if (fleet.HaltedRollouts > 0)
        {
            found.Add(new("halted", "warn", Count(fleet.HaltedRollouts, "rollout stands", "rollouts stand") + " still.", "/rollouts", "See which"));
        }

        if (fleet.EndingCertificates > 0)
        {
            found.Add(new("ending", "warn", Count(fleet.EndingCertificates, "device certificate ends", "device certificates end") + $" within {IndexModel.WarnDays} days.", "/certificates", "See which"));
        }

        if (fleet.Drifts > 0)
        {
            found.Add(new("drift", "warn", Count(fleet.Drifts, "setting differs", "settings differ") + " from what was ordered.", "/drift", "See which"));
        }

        return found;
    }

    private static string Count(long count, string one, string many) => $"{Format.Number(count)} {(count == 1 ? one : many)}";
}
