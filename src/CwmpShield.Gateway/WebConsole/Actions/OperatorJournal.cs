using CwmpShield.Core.Audit;
using CwmpShield.Gateway.Auditing;
using Microsoft.Extensions.Logging;

namespace CwmpShield.Gateway.WebConsole.Actions;

/// <summary>Where what is done at the console is written down, before it is done: the ledger, and a line of the log.</summary>
internal sealed class OperatorJournal(Ledger ledger, TimeProvider time, ILogger<OperatorJournal> logger)
{
    /// <summary>Writes an action down; it is durable when this returns.</summary>
    /// <exception cref="LedgerUnavailableException">It cannot be written: the action must not be done.</exception>
    public async ValueTask WriteAsync(OperatorAction action)
    {
        await ledger.WriteAsync(Record(action));
        logger.OperatorActed(action.Actor, action.Action, action.Subject, action.Source);
    }

    /// <summary>Writes down what has happened already and cannot be prevented by not writing it: tries of strangers.</summary>
    public void Note(OperatorAction action)
    {
        ledger.Post(Record(action));
        logger.OperatorActed(action.Actor, action.Action, action.Subject, action.Source);
    }

    private AuditRecord Record(OperatorAction action) => new()
    {
        At = time.GetUtcNow(),
        Kind = AuditKind.OperatorAction,
        Actor = action.Actor,
        Action = action.Action,
        Subject = action.Subject,
        Device = action.Device,
        Detail = action.Reason,
        Source = action.Source,
    };
}
