using System.Globalization;

namespace CwmpShield.Gateway.Auditing.Verifying;

/// <summary>Whether each chain begins where it may: with record 1, or behind what a signed record of a prune says.</summary>
internal sealed class StartCheck(LedgerFindings findings)
{
    private readonly List<(string Node, ChainCheck Check)> late = [];
    private readonly Dictionary<string, (PruneRecord Prune, string In, bool IsSigned)> prunes = new(StringComparer.Ordinal);

    /// <summary>A chain that was verified; not from its beginning where <paramref name="isWhole"/> is false, which then is nobody's concern.</summary>
    public void Add(string node, ChainCheck check, bool isWhole)
    {
        if (isWhole && check.First > 1)
        {
            late.Add((node, check));
        }

        foreach (var prune in check.Prunes)
        {
            if (!prunes.TryGetValue(prune.Node, out var known) || prune.Through > known.Prune.Through)
            {
                prunes[prune.Node] = (prune, node, prune.At <= check.Proven);
            }
        }
    }

    /// <summary>All chains were verified.</summary>
    public void End()
    {
        foreach (var (node, check) in late)
        {
            if (Problem(node, check) is { } problem)
            {
                findings.Fault(node, 1, LedgerFault.StartRemoved, $"the chain begins with record {check.First.ToString(CultureInfo.InvariantCulture)}: {problem}", check.First - 1);
            }
        }
    }

    private string? Problem(string node, ChainCheck check)
    {
        if (!prunes.TryGetValue(node, out var found))
        {
            return "no record of a prune says why";
        }

        var (prune, chain, isSigned) = found;
        var place = string.Create(CultureInfo.InvariantCulture, $"record {prune.At} of {chain}");
        if (!isSigned)
        {
            return $"{place} tells of a prune and is not signed; where the gateway runs it signs within Audit:CheckpointInterval";
        }

        if (prune.Through + 1 < check.First)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{place} tells of a prune up to record {prune.Through} only");
        }

        if (prune.Through + 1 > check.First)
        {
            findings.Remark(node, check.First, LedgerFault.Pruned, $"a prune up to record {prune.Through} ({place}) has not come to its end; run it again", prune.Through);
            return null;
        }

        if (!string.Equals(check.StartHead, prune.Head, StringComparison.Ordinal))
        {
            return check.StartHead is null
                ? string.Create(CultureInfo.InvariantCulture, $"the checkpoint of record {prune.Through}, which the prune kept, is missing or not good")
                : $"{place} names another hash than the checkpoint that the prune kept";
        }

        findings.Remark(node, 1, LedgerFault.Pruned, $"pruned, as {place} says", prune.Through);
        return null;
    }
}
