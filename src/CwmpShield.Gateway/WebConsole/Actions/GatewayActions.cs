using CwmpShield.Gateway.Inspection;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.Transfers;

namespace CwmpShield.Gateway.WebConsole.Actions;

/// <summary>What operators do with rollouts and with a broken glass. Each action is written down first; what cannot be written down is not done.</summary>
internal sealed class GatewayActions(OperatorJournal journal, RolloutStore rollouts, Store store, TimeProvider time)
{
    /// <summary>Halts an artefact's rollout; false when an operator had halted it already.</summary>
    public async ValueTask<bool> HaltAsync(Operator who, string artefact, string reason, CancellationToken cancellationToken)
    {
        await journal.WriteAsync(who.Does(OperatorAction.RolloutHalt, artefact, reason));
        return await rollouts.HaltAsync(artefact, reason, time.GetUtcNow(), cancellationToken);
    }

    /// <summary>Lets an artefact's halted rollouts go on; false when there is none.</summary>
    public async ValueTask<bool> ResumeAsync(Operator who, string artefact, string reason, CancellationToken cancellationToken)
    {
        await journal.WriteAsync(who.Does(OperatorAction.RolloutResume, artefact, reason));
        return await rollouts.ResumeAsync(artefact, reason, time.GetUtcNow(), cancellationToken) > 0;
    }

    /// <summary>Mends the glass: every node enforces its rules again within seconds.</summary>
    public async ValueTask MendAsync(Operator who, string reason, CancellationToken cancellationToken)
    {
        await journal.WriteAsync(who.Does(OperatorAction.BreakGlassMend, "", reason));
        await BreakGlassOrder.PutAsync(store, null, cancellationToken);
    }
}
