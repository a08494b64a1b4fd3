using Microsoft.Extensions.Logging;

namespace CwmpShield.Gateway.WebConsole.Actions;

/// <summary>Where what is done at the console is written down, before it is done.</summary>
internal sealed class OperatorJournal(ILogger<OperatorJournal> logger)
{
    /// <summary>Writes an action down; when that fails, the action is not done.</summary>
    public ValueTask WriteAsync(OperatorAction action, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        logger.OperatorActed(action.Actor, action.Action, action.Subject, action.Source);
        return ValueTask.CompletedTask;
    }
}
