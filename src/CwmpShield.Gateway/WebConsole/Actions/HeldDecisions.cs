using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Storage;

namespace CwmpShield.Gateway.WebConsole.Actions;

/// <summary>
/// What operators decide about held orders. Each decision is written down first; what cannot be written down is not done. Where
/// <see cref="ManagementOptions.TwoPersonRelease"/> asks for it, one operator proposes a release and another confirms it.
/// </summary>
internal sealed class HeldDecisions(OperatorJournal journal, HeldOrderStore store, HeldProposals proposals, GatewayOptions options, TimeProvider time)
{
    private const string Changed = "The proposal has changed since you looked at it. Nothing was changed.";
    private const string Gone = "The order has passed or is not there any more. Nothing was changed.";

    /// <summary>Hours that a release may last.</summary>
    public static IReadOnlyList<int> Spans { get; } = [1, 8, 24, 168];

    /// <summary>Whether a release needs two operators.</summary>
    public bool NeedsTwo => options.Management.TwoPersonRelease;

    /// <summary>What was proposed for an order; null for nothing.</summary>
    public ValueTask<HeldProposal?> ProposalAsync(long number, CancellationToken cancellationToken) => proposals.FindAsync(number, cancellationToken);

    /// <summary>Releases, or proposes it; returns what stands against it, null where nothing does.</summary>
    public async ValueTask<string?> ReleaseAsync(Operator who, HeldOrder order, int hours, string reason, CancellationToken cancellationToken)
    {
        if (!NeedsTwo)
        {
            await WriteAsync(who, OperatorAction.HeldRelease, order, reason);
            return await LetPassAsync(order, hours, reason, cancellationToken) ? null : Gone;
        }

        if (await proposals.FindAsync(order.Number, cancellationToken) is { } standing && standing.Actor != who.Name)
        {
            return "Another operator has proposed the release already: confirm that one.";
        }

        await WriteAsync(who, OperatorAction.HeldPropose, order, reason);
        return await proposals.ProposeAsync(order.Number, new HeldProposal(who.Name, reason, hours, time.GetUtcNow()), cancellationToken)
            ? null
            : "Another operator has just proposed the release: confirm that one.";
    }

    /// <summary>Confirms another operator's proposal, and releases; returns what stands against it, null where nothing does.</summary>
    /// <param name="who">Who confirms.</param>
    /// <param name="order">The order.</param>
    /// <param name="seen">When the proposal that was shown was made, in Unix milliseconds: another one is not confirmed unseen.</param>
    /// <param name="reason">Why.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async ValueTask<string?> ConfirmAsync(Operator who, HeldOrder order, long seen, string reason, CancellationToken cancellationToken)
    {
        if (!NeedsTwo || await proposals.FindAsync(order.Number, cancellationToken) is not { } proposal)
        {
            return "No release is proposed, or its day is over. Nothing was changed.";
        }

        if (proposal.Actor == who.Name)
        {
            return "A release is confirmed by another operator than the one who proposed it.";
        }

        if (proposal.At.ToUnixTimeMilliseconds() != seen)
        {
            return Changed;
        }

        await WriteAsync(who, OperatorAction.HeldRelease, order, $"proposed by {proposal.Actor}: {reason}");
        return !await proposals.TakeAsync(order.Number, proposal, who.Name, cancellationToken) ? Changed
            : await LetPassAsync(order, proposal.Hours, reason, cancellationToken) ? null
            : Gone;
    }

    /// <summary>Rejects, a proposed or standing release included; returns what stands against it, null where nothing does.</summary>
    public async ValueTask<string?> RejectAsync(Operator who, HeldOrder order, string reason, CancellationToken cancellationToken)
    {
        await WriteAsync(who, OperatorAction.HeldReject, order, reason);
        await proposals.ForgetAsync(order.Number, cancellationToken);
        return await store.RejectAsync(order.Number, reason, cancellationToken) ? null : Gone;
    }

    private async ValueTask<bool> LetPassAsync(HeldOrder order, int hours, string reason, CancellationToken cancellationToken)
    {
        await proposals.ForgetAsync(order.Number, cancellationToken);
        return await store.ReleaseAsync(order.Number, time.GetUtcNow().AddHours(hours), reason, cancellationToken);
    }

    private ValueTask WriteAsync(Operator who, string action, HeldOrder order, string reason) => journal.WriteAsync(
        who.Does(action, FormattableString.Invariant($"{order.Number}"), reason) with { Device = order.Device.ToString() });
}
