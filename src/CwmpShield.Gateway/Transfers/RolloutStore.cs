using CwmpShield.Core.Firmware;
using CwmpShield.Core.Identity;
using CwmpShield.Gateway.Storage;

namespace CwmpShield.Gateway.Transfers;

/// <summary>
/// The rollouts of the store: who may have an artefact now, and the operator's word on it. Every member throws
/// <see cref="RegistryUnavailableException"/> when the store cannot be asked or written.
/// </summary>
public sealed class RolloutStore(Store store)
{
    /// <summary>Why a device may not have the artefact now (<see cref="ArtefactReason"/>); empty when it may.</summary>
    public async ValueTask<string> RefusalAsync(Artefact artefact, DeviceTraits device, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(artefact);
        var rollouts = await store.ReadAsync(
            commands => RolloutRows.ReadAsync(commands, "artefact = @artefact AND sha256 IN (@sha256, '')", ("@artefact", artefact.Name), ("@sha256", artefact.Sha256)),
            cancellationToken);
        if (rollouts.Any(rollout => rollout.IsHalted))
        {
            return ArtefactReason.Halted;
        }

        var successes = rollouts.Sum(rollout => rollout.Successes);
        return artefact.Ring is not { } ring || (ring.Successes > 0 && successes >= ring.Successes) || RingShare.Takes(ring, artefact.Name, device)
            ? ""
            : ArtefactReason.NotInRing;
    }

    /// <summary>The rollouts of artefacts of this name, the newest first; of every artefact where it is empty.</summary>
    public ValueTask<IReadOnlyList<Rollout>> ListAsync(string name, CancellationToken cancellationToken) => store.ReadAsync(
        commands => RolloutRows.ReadAsync(commands, "(@artefact = '' OR artefact = @artefact) ORDER BY artefact, since DESC LIMIT 10000", ("@artefact", name)), cancellationToken);

    /// <summary>Halts every file of this name, also those that are yet to come; false when an operator had halted it already.</summary>
    public ValueTask<bool> HaltAsync(string name, string ticket, DateTimeOffset now, CancellationToken cancellationToken) => store.WriteAsync(
        async commands => await commands.ExecuteAsync(
            """
            INSERT INTO rollout (artefact, sha256, status, reason, ticket, since, failures_from) VALUES (@artefact, '', 'halted', 'operator', @ticket, @now, @now)
                ON CONFLICT (artefact, sha256) DO UPDATE SET status = 'halted', reason = 'operator', ticket = excluded.ticket, since = excluded.since
                 WHERE rollout.status = 'running'
            """,
            ("@artefact", name),
            ("@ticket", ticket),
            ("@now", now.ToUnixTimeMilliseconds())) == 1,
        cancellationToken);

    /// <summary>Lets halted rollouts of this name go on; failures count from now. How many there were.</summary>
    public ValueTask<int> ResumeAsync(string name, string ticket, DateTimeOffset now, CancellationToken cancellationToken) => store.WriteAsync(
        commands => commands.ExecuteAsync(
            "UPDATE rollout SET status = 'running', reason = '', ticket = @ticket, since = @now, failures = 0, failures_from = @now WHERE artefact = @artefact AND status <> 'running'",
            ("@artefact", name),
            ("@ticket", ticket),
            ("@now", now.ToUnixTimeMilliseconds())),
        cancellationToken);
}
