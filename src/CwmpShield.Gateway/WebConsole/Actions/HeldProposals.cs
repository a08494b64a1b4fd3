using CwmpShield.Gateway.Storage;

namespace CwmpShield.Gateway.WebConsole.Actions;

/// <summary>Proposed releases of held orders. They end by themselves after a day.</summary>
internal sealed class HeldProposals(Store store, TimeProvider time)
{
    private static readonly TimeSpan Life = TimeSpan.FromDays(1);

    /// <summary>The proposal for a held order; null for none.</summary>
    public async ValueTask<HeldProposal?> FindAsync(long number, CancellationToken cancellationToken) => (await store.ReadAsync(
        commands => commands.QueryAsync(
            "SELECT actor, reason, hours, at FROM held_proposal WHERE held_id = @id AND at > @since",
            row => new HeldProposal(row.GetString(0), row.GetString(1), (int)row.GetInt64(2), row.Time(3)),
            ("@id", number),
            ("@since", Since())),
        cancellationToken)).SingleOrDefault();

    /// <summary>Proposes; false where another's proposal stands already.</summary>
    public ValueTask<bool> ProposeAsync(long number, HeldProposal proposal, CancellationToken cancellationToken) => store.WriteAsync(
        async commands => await commands.ExecuteAsync(
            """
            INSERT INTO held_proposal (held_id, actor, reason, hours, at) VALUES (@id, @actor, @reason, @hours, @at)
            ON CONFLICT (held_id) DO UPDATE SET actor = excluded.actor, reason = excluded.reason, hours = excluded.hours, at = excluded.at
                WHERE held_proposal.actor = excluded.actor OR held_proposal.at <= @since
            """,
            ("@id", number),
            ("@actor", proposal.Actor),
            ("@reason", proposal.Reason),
            ("@hours", (long)proposal.Hours),
            ("@at", proposal.At.ToUnixTimeMilliseconds()),
            ("@since", Since())) == 1,
        cancellationToken);

    /// <summary>Takes exactly this proposal away, as the other operator <paramref name="confirmedBy"/>; false where it is not there any more, or is that operator's own.</summary>
    public ValueTask<bool> TakeAsync(long number, HeldProposal proposal, string confirmedBy, CancellationToken cancellationToken) => store.WriteAsync(
        async commands => await commands.ExecuteAsync(
            "DELETE FROM held_proposal WHERE held_id = @id AND actor = @actor AND actor <> @by AND at = @at AND at > @since",
            ("@id", number),
            ("@actor", proposal.Actor),
            ("@by", confirmedBy),
            ("@at", proposal.At.ToUnixTimeMilliseconds()),
            ("@since", Since())) == 1,
        cancellationToken);

    /// <summary>Takes whatever was proposed away.</summary>
    public ValueTask<int> ForgetAsync(long number, CancellationToken cancellationToken) =>
        store.WriteAsync(commands => commands.ExecuteAsync("DELETE FROM held_proposal WHERE held_id = @id", ("@id", number)), cancellationToken);

    private long Since() => (time.GetUtcNow() - Life).ToUnixTimeMilliseconds();
}
