using CwmpShield.Core.Audit;
using CwmpShield.Gateway.Auditing;
using CwmpShield.Gateway.Storage;

namespace CwmpShield.Gateway.Reporting;

/// <summary>What the report is about, and what it is made from.</summary>
internal sealed record ScopeSection : ReportSection
{
    /// <inheritdoc/>
    public override string Id => "scope";

    /// <inheritdoc/>
    public override string Title => "Scope";

    /// <summary>Beginning of the period.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>End of the period, not in it.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>When the report was made.</summary>
    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>Version of the program that made it.</summary>
    public required string Version { get; init; }

    /// <summary>Engine of the store.</summary>
    public required string Engine { get; init; }

    /// <summary>Key that signs the report.</summary>
    public required string KeyId { get; init; }

    /// <summary>SHA-256 over the mappings of controls.</summary>
    public required string ControlsHash { get; init; }

    /// <summary>Nodes whose chains are in the store, and where they end now.</summary>
    public required IReadOnlyList<NodeChain> Nodes { get; init; }

    /// <summary>Versions that nodes said they ran when they began.</summary>
    public required IReadOnlyList<NodeStart> Starts { get; init; }

    /// <summary>Reads it.</summary>
    public static async ValueTask<ScopeSection> ReadAsync(Store store, ReportEvents events, ReportRequest request, CancellationToken cancellationToken) => new()
    {
        From = request.From,
        To = request.To,
        MadeAt = request.At,
        Version = request.Version,
        Engine = store.Engine,
        KeyId = request.KeyId,
        ControlsHash = request.ControlsHash,
        Nodes = [.. (await new LedgerSearch(store).ChainsAsync(cancellationToken)).Select(tip => new NodeChain(tip.Node, tip.Sequence, Convert.ToHexStringLower(tip.Head)))],
        Starts = [.. events.Of(AuditKind.NodeStarted).Select(one => new NodeStart(one.At, one.Node, one.Detail, one.Subject))],
    };

    /// <inheritdoc/>
    public override void Render(HtmlWriter html)
    {
        html.Element("p", "This report tells what one gateway, or several nodes of it that share a store, judged between devices and their auto-configuration server (ACS) in TR-069. It is made from the store alone: ledger, registry, inventory of certificates, transfers and held orders. What did not pass the gateway is not in it, and nothing in it says that a scheme is complied with: that is for whoever audits.");
        if (MadeAt < To)
        {
            html.Element("p", "The report was made before the period was over: what came later is not in it.", ("class", "note"));
        }

        HtmlTable.Write(
            html,
            "What the report is made from",
            [new("what"), new("value", ColumnKind.Code)],
            [
                ["period (UTC)", $"{ReportText.Of(From)} to {ReportText.Of(To)}, whole hours"],
                ["made at (UTC)", ReportText.Of(MadeAt)],
                ["made by", $"cwmpshield {Version}"],
                ["store", Engine],
                ["signed with key", KeyId.Length > 0 ? KeyId : "not signed"],
                ["mapping of controls", ControlsHash.Length > 0 ? $"SHA-256 {ControlsHash}" : "none"],
            ],
            "");
        HtmlTable.Write(
            html,
            "Nodes: the chains in the store, and where they end now",
            [new("node", ColumnKind.Time), new("last record", ColumnKind.Number), new("its hash", ColumnKind.Code)],
            Nodes.Select(one => (IReadOnlyList<string>)[one.Node, ReportText.Of(one.Sequence), one.Head]),
            "The store holds no chain: no node has written to it.");
        HtmlTable.Write(
            html,
            "Starts of nodes in the period",
            [new("time (UTC)", ColumnKind.Time), new("node", ColumnKind.Time), new("version and mode"), new("hash of the configuration", ColumnKind.Code)],
            Starts.Select(one => (IReadOnlyList<string>)[ReportText.Of(one.At), one.Node, one.Detail, one.Configuration]),
            "No node was started in the period.");
    }
}

/// <summary>A chain and its end.</summary>
internal sealed record NodeChain(string Node, long Sequence, string Head);

/// <summary>A node that began.</summary>
internal sealed record NodeStart(DateTimeOffset At, string Node, string Detail, string Configuration);
