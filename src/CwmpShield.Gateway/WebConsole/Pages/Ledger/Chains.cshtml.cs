using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.WebConsole.Evidence;

namespace CwmpShield.Gateway.WebConsole.Pages;

/// <summary>The chains of the ledger, what was signed of them, and how to prove them.</summary>
internal sealed class ChainsModel(EvidenceStore evidence, AuditOptions options) : ConsolePage
{
    /// <summary>Every chain.</summary>
    public IReadOnlyList<ChainState> Chains { get; private set; } = [];

    /// <summary>Whether this node tells its checkpoints to a file, too.</summary>
    public bool LeavesTheStore => options.CheckpointFile.Length > 0 || options.Syslog.Count > 0;

    /// <summary>Reads them.</summary>
    public async Task OnGetAsync() => Chains = await evidence.ChainsAsync(Gone);
}
