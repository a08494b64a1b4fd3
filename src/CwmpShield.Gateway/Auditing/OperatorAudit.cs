using System.Buffers;
using CwmpShield.Core.Audit;
using CwmpShield.Gateway.Storage;

namespace CwmpShield.Gateway.Auditing;

/// <summary>
/// Writes what operators do at the command line, beside a running gateway or without one: into a chain of the node's own name and
/// <c>/cli</c>. Where the key is at hand the chain is signed at once, else the gateway does it with its own.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="node">Name of the node, <see cref="Configuration.AuditOptions.Node"/>.</param>
/// <param name="key">The node's key, null where it cannot be read.</param>
public sealed class OperatorAudit(Store store, string node, LedgerKey? key = null)
{
    /// <summary>What the name of the chain ends with.</summary>
    public const string Suffix = "/cli";

    /// <summary>Writes a record; it is durable when this returns.</summary>
    /// <exception cref="LedgerUnavailableException">It cannot be written: what it tells of must not be done.</exception>
    public async ValueTask<LedgerRow> WriteAsync(AuditRecord record, CancellationToken cancellationToken)
    {
        try
        {
            return await store.WriteAsync(
                async commands =>
                {
                    var row = await AppendAsync(commands, node + Suffix, record);
                    if (key is not null)
                    {
                        var tip = new LedgerTip(row.Chain, node + Suffix, row.Sequence, row.Hash);
                        await LedgerRows.AddAsync(commands, row.Chain, key.Sign(tip, record.At), key.PublicKey);
                    }

                    return row;
                },
                cancellationToken);
        }
        catch (RegistryUnavailableException error)
        {
            throw new LedgerUnavailableException($"The ledger cannot be written: {error.Message}", error);
        }
    }

    /// <summary>Adds a record to a chain within a transaction of the caller's.</summary>
    internal static async ValueTask<LedgerRow> AppendAsync(StoreCommands commands, string chain, AuditRecord record)
    {
        var tip = await LedgerRows.TipAsync(commands, chain);
        var row = tip.Next(record, new ArrayBufferWriter<byte>(1024));
        await LedgerRows.AppendAsync(commands, [row]);
        return row;
    }
}
