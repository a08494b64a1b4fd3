using CwmpShield.Gateway.Mirror.Serving;

namespace CwmpShield.Gateway.Transfers;

/// <summary>Tells the mirror what an order is for, and whether its device may still fetch.</summary>
internal sealed class MirroredOrders(TransferLedger ledger)
{
    /// <summary>The order of this number, null when the mirror gave no URL for it.</summary>
    public async ValueTask<MirroredOrder?> FindAsync(long number, CancellationToken cancellationToken) =>
        await ledger.FindAsync(number, cancellationToken) is { IsVerified: true } record
            ? new MirroredOrder(record.Artefact, record.Sha256, record.Size, record.Url, record.Status == TransferStatus.Ordered)
            : null;
}
