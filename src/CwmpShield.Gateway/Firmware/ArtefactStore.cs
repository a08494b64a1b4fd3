using CwmpShield.Gateway.Storage;

namespace CwmpShield.Gateway.Firmware;

/// <summary>An artefact that an operator has withdrawn.</summary>
/// <param name="Artefact">Its name, or its SHA-256.</param>
/// <param name="Reason">Why.</param>
/// <param name="At">When.</param>
/// <param name="By">Who said so.</param>
public sealed record Withdrawal(string Artefact, string Reason, DateTimeOffset At, string By);

/// <summary>
/// What is remembered of artefacts beside the manifest: the highest version of it that was in force, and what operators have withdrawn. Every member throws
/// <see cref="RegistryUnavailableException"/> when the store cannot be asked or written.
/// </summary>
/// <param name="store">The store.</param>
public sealed class ArtefactStore(Store store)
{

    private readonly StoredVersion manifest = new(store, "artefact-manifest-version");

    /// <summary>The highest manifest version that was in force, 0 when none was.</summary>
    public ValueTask<long> ReachedAsync(CancellationToken cancellationToken) => manifest.ReachedAsync(cancellationToken);

    /// <summary>Remembers <paramref name="version"/>; a lower one changes nothing.</summary>
    public ValueTask ReachAsync(long version, CancellationToken cancellationToken) => manifest.ReachAsync(version, cancellationToken);

    /// <summary>Everything that is withdrawn, by name.</summary>
    public ValueTask<IReadOnlyList<Withdrawal>> WithdrawnAsync(CancellationToken cancellationToken) => store.ReadAsync(
        commands => commands.QueryAsync(
            "SELECT artefact, reason, withdrawn_at, withdrawn_by FROM artefact_withdrawal ORDER BY artefact",
            row => new Withdrawal(row.GetString(0), row.GetString(1), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(2)), row.GetString(3))),
        cancellationToken);

    /// <summary>Withdraws an artefact, or says again why it is.</summary>
    public async ValueTask WithdrawAsync(Withdrawal withdrawal, CancellationToken cancellationToken)
    {
        const string withdraw = """
            INSERT INTO artefact_withdrawal (artefact, reason, withdrawn_at, withdrawn_by) VALUES (@artefact, @reason, @at, @by)
                ON CONFLICT (artefact) DO UPDATE SET reason = excluded.reason, withdrawn_at = excluded.withdrawn_at, withdrawn_by = excluded.withdrawn_by
            """;
        await store.WriteAsync(
            commands => commands.ExecuteAsync(
                withdraw,
                ("@artefact", withdrawal.Artefact),
                ("@reason", withdrawal.Reason),
                ("@at", withdrawal.At.ToUnixTimeMilliseconds()),
                ("@by", withdrawal.By)),
            cancellationToken);
    }

    /// <summary>Takes a withdrawal back; false when there is none.</summary>
    public async ValueTask<bool> RestoreAsync(string artefact, CancellationToken cancellationToken) => await store.WriteAsync(
        commands => commands.ExecuteAsync("DELETE FROM artefact_withdrawal WHERE artefact = @artefact", ("@artefact", artefact)), cancellationToken) > 0;
}
