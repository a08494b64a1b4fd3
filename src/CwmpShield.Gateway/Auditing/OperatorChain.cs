using CwmpShield.Core.Audit;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.Telemetry;
using Microsoft.Extensions.Logging;

namespace CwmpShield.Gateway.Auditing;

/// <summary>
/// Signs what operators wrote at the command line of this node, for those who could not read the key, and sends what the command line signed
/// itself out of the store's reach.
/// </summary>
internal sealed class OperatorChain(Store store, LedgerKey key, LedgerCheckpoints checkpoints, AuditOptions options, TimeProvider time, ILogger<OperatorChain> log)
{
    private readonly string chain = options.Node + OperatorAudit.Suffix;
    private long lookedAt;
    private long told;

    /// <summary>Signs the chain where it has grown, once in <see cref="AuditOptions.CheckpointInterval"/>. What cannot be signed now is signed later.</summary>
    public async ValueTask SignAsync()
    {
        if (lookedAt != 0 && time.GetElapsedTime(lookedAt) < options.CheckpointInterval)
        {
            return;
        }

        lookedAt = time.GetTimestamp();
        try
        {
            var signed = await store.ReadAsync(IsGrownAsync, CancellationToken.None)
                ? await store.WriteAsync(SignAsync, CancellationToken.None)
                : await store.ReadAsync(commands => LedgerRows.CheckpointAsync(commands, chain), CancellationToken.None);
            if (signed is not null && signed.Sequence > told)
            {
                told = signed.Sequence;
                checkpoints.Tell(signed);
            }
        }
        catch (RegistryUnavailableException error)
        {
            log.OperatorsUnsigned(chain, error.Message);
        }
    }

    private async ValueTask<bool> IsGrownAsync(StoreCommands commands)
    {
        const string sql = """
            SELECT (SELECT MAX(l.seq) FROM ledger l WHERE l.chain = c.id) - COALESCE((SELECT MAX(p.seq) FROM ledger_checkpoint p WHERE p.chain = c.id), 0)
            FROM ledger_chain c WHERE c.node = @node
            """;
        return await commands.ScalarAsync(sql, ("@node", chain)) is > 0L;
    }

    private async ValueTask<AuditCheckpoint?> SignAsync(StoreCommands commands)
    {
        var tip = await LedgerRows.TipAsync(commands, chain);
        var signed = key.Sign(tip, time.GetUtcNow());
        await LedgerRows.AddAsync(commands, tip.Chain, signed, key.PublicKey);
        return signed;
    }
}
