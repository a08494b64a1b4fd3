using System.CommandLine;
using System.Globalization;
using CwmpShield.Core.Audit;
using CwmpShield.Gateway.Auditing;

namespace CwmpShield.Cli;

/// <summary>
/// Keeps in the ledger what an operator does: durable before it is done, and once more where it was not completed. What cannot be
/// recorded is not done.
/// </summary>
/// <param name="audit">The ledger.</param>
/// <param name="result">The command line that says what is done.</param>
internal sealed class OperatorRecord(OperatorAudit audit, ParseResult result)
{
    /// <summary>Records, works, and records where the exit code is not 0 or an exception comes, which is thrown on.</summary>
    public async Task<int> RunAsync(ChangeSubject subject, Func<Task<int>> work)
    {
        var record = Record(result, subject);
        if (await TryWriteAsync(record, "Nothing was changed") is not { } begun)
        {
            return ExitCode.Findings;
        }

        int code;
        try
        {
            code = await work();
        }
        catch (Exception problem)
        {
            await NotCompletedAsync(record, begun, problem is OperationCanceledException ? "stopped" : problem.Message);
            throw;
        }

        if (code != ExitCode.Ok)
        {
            await NotCompletedAsync(record, begun, string.Create(CultureInfo.InvariantCulture, $"ended with exit code {code}"));
        }

        return code;
    }

    /// <summary>Records what was done already, where it cannot be recorded before; false where that failed and was printed.</summary>
    public async Task<bool> DoneAsync(ChangeSubject subject, string detail) =>
        await TryWriteAsync(Record(result, subject) with { Detail = detail }, "What was changed stays, and is not recorded") is not null;

    private static AuditRecord Record(ParseResult result, ChangeSubject subject) => new()
    {
        At = TimeProvider.System.GetUtcNow(),
        Kind = AuditKind.OperatorAction,
        Actor = OperatorIdentity.Actor,
        Action = OperatorWords.Action(result),
        Subject = subject.Text,
        Device = subject.Device,
        Detail = string.Join(' ', new[] { OperatorIdentity.Detail, OperatorWords.Detail(result) }.Where(words => words.Length > 0)),
    };

    private Task<LedgerRow?> NotCompletedAsync(AuditRecord record, LedgerRow begun, string why) => TryWriteAsync(
        record with { At = TimeProvider.System.GetUtcNow(), Reasons = [AuditReason.NotCompleted], Detail = why, Intent = begun.Sequence },
        "That it was not completed is not recorded");

    private async Task<LedgerRow?> TryWriteAsync(AuditRecord record, string consequence)
    {
        try
        {
            // Not to be stopped halfway: what has begun is told to its end.
            return await audit.WriteAsync(record, CancellationToken.None);
        }
        catch (LedgerUnavailableException problem)
        {
            await result.InvocationConfiguration.Error.WriteLineAsync(
                $"{problem.Message} {problem.InnerException?.InnerException?.Message} {consequence}: operators' actions go through the ledger.");
            return null;
        }
    }
}
