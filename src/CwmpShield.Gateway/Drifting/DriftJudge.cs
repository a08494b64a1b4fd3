using CwmpShield.Core.Audit;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.DataModel;
using CwmpShield.Core.DataModel.Values;
using CwmpShield.Core.Decisions;

namespace CwmpShield.Gateway.Drifting;

/// <summary>Holds what a device reports against what is expected of it. Of names that nobody ordered it costs one look-up.</summary>
internal sealed class DriftJudge(AuditRedaction redaction)
{
    private const string VendorMask = "*•";

    /// <summary>Kind of the drift of one reported value: empty where it fits, null where the report says nothing.</summary>
    /// <param name="expected">What is expected.</param>
    /// <param name="reported">What is reported under its name.</param>
    /// <param name="report">The whole report.</param>
    /// <param name="memory">Everything that is expected.</param>
    /// <param name="session">Name of the session.</param>
    /// <param name="isChange">Whether the device reports that it has changed.</param>
    public string? Kind(Expectation expected, ParameterMention reported, CwmpMessage report, DriftMemory memory, string session, bool isChange)
    {
        if (expected.IsObject || reported.Value is not { } value || expected.Pending == session || IsHidden(expected.Name, value))
        {
            return null;
        }

        if (string.Equals(redaction.Mac(CanonicalValue.Of(value, expected.Form)), expected.Same, StringComparison.Ordinal))
        {
            return "";
        }

        return SelfChanging.MayBeLeased(expected.Name) && IsLeased(expected.Name, report, memory) ? null : isChange ? DriftKind.LocalChange : DriftKind.Value;
    }

    /// <summary>The expectation with what the device reports in place of what is expected.</summary>
    public Expectation Observed(Expectation expected, string kind, string? value, DateTimeOffset now)
    {
        if (kind.Length == 0)
        {
            return expected.Fitting() with { Pending = "" };
        }

        var kept = value is null ? null : redaction.Of(expected.Name, value);
        var isSecret = ShownValue.IsSecret(expected.Name);
        return expected with
        {
            Drift = kind,
            ObservedMac = kept?.Mac ?? "",
            ObservedShown = isSecret ? null : kept?.Value,
            Since = expected.Drift.Length > 0 ? expected.Since : now,
            Seen = now,
            Pending = "",
        };
    }

    /// <summary>The version that a device is expected to inform.</summary>
    public Expectation OfVersion(string version, DateTimeOffset orderedAt) => new()
    {
        Name = Expectation.VersionName,
        Form = Expectation.Version,
        Same = redaction.Mac(version),
        Mac = redaction.Mac(version),
        Shown = version,
        OrderedAt = orderedAt,
    };

    /// <summary>Whether a device informs the version that is expected.</summary>
    public bool IsVersion(Expectation expected, string informed) => string.Equals(redaction.Mac(informed), expected.Same, StringComparison.Ordinal);

    /// <summary>Objects whose presence a report tells of: the device was asked for everything above them.</summary>
    public static IEnumerable<(Expectation Expected, string Kind)> Objects(CwmpMessage order, CwmpMessage report, DriftMemory memory)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var parameter in report.Parameters)
        {
            var name = parameter.Name.AsSpan();
            for (var dot = name.IndexOf('.'); dot >= 0;)
            {
                if (memory.Find(name[..(dot + 1)]) is { } one)
                {
                    seen.Add(one.Name);
                }

                var next = name[(dot + 1)..].IndexOf('.');
                dot = next < 0 ? -1 : dot + 1 + next;
            }
        }

        foreach (var one in memory.All.Where(one => one.IsObject))
        {
            if (seen.Contains(one.Name))
            {
                yield return (one, one.Form == Expectation.Present ? "" : DriftKind.ObjectBack);
            }
            else if (order.Parameters.Any(asked => IsAbove(asked.Name, one.Name)))
            {
                yield return (one, one.Form == Expectation.Absent ? "" : DriftKind.ObjectGone);
            }
        }
    }

    /// <summary>Objects that are not there: the device was asked for nothing but what is in them, and knows no such name (fault 9005).</summary>
    public static IEnumerable<Expectation> Missing(CwmpMessage order, DriftMemory memory) => memory.All.Where(
        one => one.Form == Expectation.Present && order.Parameters.Count > 0 && order.Parameters.All(asked => asked.Name.StartsWith(one.Name, StringComparison.Ordinal)));

    private static bool IsAbove(string asked, string name) =>
        (asked.Length == 0 || asked.EndsWith('.')) && name.StartsWith(asked, StringComparison.Ordinal);

    /// <summary>Secrets read as nothing, or as a mask, whatever was written (TR-106 3.2.1).</summary>
    private static bool IsHidden(string name, string value) => ShownValue.IsSecret(name) && value.All(c => VendorMask.Contains(c, StringComparison.Ordinal));

    private static bool IsLeased(string name, CwmpMessage report, DriftMemory memory)
    {
        foreach (var step in SelfChanging.Origins)
        {
            var origin = ParameterPath.Sibling(name, step);
            if (origin is null)
            {
                continue;
            }

            // What was ordered says it first: a device cannot excuse itself from an order.
            if (memory.Find(origin) is { Shown: { } ordered })
            {
                return SelfChanging.IsLease(ordered);
            }

            if (report.Parameters.FirstOrDefault(one => one.Name == origin)?.Value is { } told)
            {
                return SelfChanging.IsLease(told);
            }
        }

        return false;
    }
}
