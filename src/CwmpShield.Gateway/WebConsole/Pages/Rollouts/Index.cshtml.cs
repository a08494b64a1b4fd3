using CwmpShield.Gateway.Firmware;
using CwmpShield.Gateway.Transfers;
using CwmpShield.Gateway.WebConsole.Actions;
using CwmpShield.Gateway.WebConsole.Overview;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace CwmpShield.Gateway.WebConsole.Pages;

/// <summary>How far artefacts have come on their way to the devices, and the operator's word on it.</summary>
internal sealed class RolloutsModel(RolloutStore store, ArtefactHolder artefacts, GatewayActions actions, FleetFigures figures) : ConsolePage
{
    private const int MaxName = 128;

    /// <summary>The rollouts.</summary>
    public IReadOnlyList<Rollout> Rows { get; private set; } = [];

    /// <summary>The artefact as it was written, to be corrected.</summary>
    public string Artefact { get; private set; } = "";

    /// <summary>The reason as it was written, to be corrected.</summary>
    public string Reason { get; private set; } = "";

    /// <summary>What was just done, in words; null for nothing.</summary>
    public string? Done { get; private set; }

    /// <summary>Names of artefacts, for the form.</summary>
    public IEnumerable<string> Names => (artefacts.Current.Manifest?.Manifest.Artefacts.Select(one => one.Name) ?? [])
        .Concat(Rows.Select(row => row.Artefact)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Take(1000);

    /// <summary>Shows them.</summary>
    public async Task OnGetAsync(string? done)
    {
        Done = done switch
        {
            "halt" => "Halted: orders for it are refused from now on.",
            "resume" => "Goes on: failures count from now.",
            _ => null,
        };
        Rows = await store.ListAsync("", Gone);
    }

    /// <summary>Halts or resumes.</summary>
    public async Task<IActionResult> OnPostAsync(string? act, string? artefact, string? reason)
    {
        Rows = await store.ListAsync("", Gone);
        (Artefact, Reason) = (artefact?.Trim() ?? "", reason?.Trim() ?? "");
        Problem = OperatorActions.ReasonProblem(Reason)
            ?? (Artefact.Length is > 0 and <= MaxName && Names.Contains(Artefact, StringComparer.Ordinal) ? null : "There is no artefact of this name. Nothing was changed.");
        Problem ??= act switch
        {
            "halt" => await actions.HaltAsync(Acting, Artefact, Reason, Gone) ? null : "It was halted already.",
            "resume" => await actions.ResumeAsync(Acting, Artefact, Reason, Gone) ? null : "None of its rollouts is halted.",
            _ => "There is no such action. Nothing was changed.",
        };
        if (Problem is not null)
        {
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }

        figures.Forget();
        return LocalRedirect($"/rollouts?done={act}");
    }
}
