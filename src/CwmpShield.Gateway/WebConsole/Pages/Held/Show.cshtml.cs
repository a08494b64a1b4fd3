using CwmpShield.Core.Rules;
using CwmpShield.Gateway.Inspection;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.WebConsole.Actions;
using CwmpShield.Gateway.WebConsole.Overview;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace CwmpShield.Gateway.WebConsole.Pages;

/// <summary>One held order, and what an operator decides about it.</summary>
internal sealed class HeldOrderModel(HeldOrderStore store, HeldDecisions decisions, RuleSetHolder rules, FleetFigures figures, TimeProvider time) : ConsolePage
{
    /// <summary>The order.</summary>
    public HeldOrder Order { get; private set; } = null!;

    /// <summary>What was proposed; null for nothing.</summary>
    public HeldProposal? Proposal { get; private set; }

    /// <summary>The rules that hold it, as they are in force; null for one that is not.</summary>
    public IReadOnlyList<(string Id, Rule? Rule)> Rules { get; private set; } = [];

    /// <summary>Word of its state.</summary>
    public string State { get; private set; } = "";

    /// <summary>What was just done, in words; null for nothing.</summary>
    public string? Done { get; private set; }

    /// <summary>The reason as it was written, to be corrected.</summary>
    public string Reason { get; private set; } = "";

    /// <summary>Whether a release needs two operators.</summary>
    public bool NeedsTwo => decisions.NeedsTwo;

    /// <summary>Whether there is anything to decide.</summary>
    public bool IsOpen => Order.Status != HeldStatus.Passed;

    /// <summary>Whether the proposal is one that this operator may confirm.</summary>
    public bool MayConfirm => Proposal is { } one && one.Actor != Session?.Name;

    /// <summary>Shows it.</summary>
    public async Task<IActionResult> OnGetAsync(long number, string? done)
    {
        Done = done switch
        {
            "release" or "confirm" => "Released: it passes once, when the ACS gives it again.",
            "propose" => "Proposed: another operator must confirm it within a day.",
            "reject" => "Rejected: it stays refused.",
            _ => null,
        };
        return await ReadAsync(number) ? Page() : NotFound();
    }

    /// <summary>Decides.</summary>
    public async Task<IActionResult> OnPostAsync(long number, string? act, string? reason, int hours = 24, long proposal = 0)
    {
        if (!await ReadAsync(number))
        {
            return NotFound();
        }

        Reason = reason?.Trim() ?? "";
        Problem = OperatorActions.ReasonProblem(Reason) ?? (HeldDecisions.Spans.Contains(hours) && IsOpen ? null : "That decision does not fit this order. Nothing was changed.");
        Problem ??= act switch
        {
            "release" => await decisions.ReleaseAsync(Acting, Order, hours, Reason, Gone),
            "confirm" => await decisions.ConfirmAsync(Acting, Order, proposal, Reason, Gone),
            "reject" => await decisions.RejectAsync(Acting, Order, Reason, Gone),
            _ => "There is no such decision. Nothing was changed.",
        };
        if (Problem is not null)
        {
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }

        figures.Forget();
        return LocalRedirect(FormattableString.Invariant($"/held/{number}?done={(act == "release" && NeedsTwo ? "propose" : act)}"));
    }

    private async Task<bool> ReadAsync(long number)
    {
        if (await store.FindAsync(number, Gone) is not { } found)
        {
            return false;
        }

        (Order, State) = (found, HeldModel.WordOf(found, time.GetUtcNow()));
        Proposal = NeedsTwo ? await decisions.ProposalAsync(number, Gone) : null;
        Rules = [.. found.Rules.Select(id => (id, rules.Current.Rules.FirstOrDefault(rule => rule.Id == id)))];
        return true;
    }
}
