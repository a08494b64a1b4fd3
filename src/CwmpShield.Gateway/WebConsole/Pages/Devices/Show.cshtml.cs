using CwmpShield.Core.Identity;
using CwmpShield.Gateway.Auditing;
using CwmpShield.Gateway.ConnectionRequests;
using CwmpShield.Gateway.Drifting;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.Transfers;
using CwmpShield.Gateway.WebConsole.Actions;
using CwmpShield.Gateway.WebConsole.Overview;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace CwmpShield.Gateway.WebConsole.Pages;

/// <summary>One device: who it is, how it stands, what was ordered, and what an operator can do with it.</summary>
internal sealed class DeviceModel(Store store, LedgerSearch search, DriftStore drift, OperatorActions actions, FleetFigures figures) : ConsolePage
{
    private const int MaxTransfers = 20;

    /// <summary>The device.</summary>
    public RegisteredDevice Device { get; private set; } = null!;

    /// <summary>How it is called; null where nothing is known.</summary>
    public EndpointReport? Endpoint { get; private set; }

    /// <summary>Its last transfers, newest first.</summary>
    public IReadOnlyList<TransferRecord> Transfers { get; private set; } = [];

    /// <summary>What the ledger tells of it.</summary>
    public DeviceHistory History { get; private set; } = DeviceHistory.None;

    /// <summary>What was just done, in words; null for nothing.</summary>
    public string? Done { get; private set; }

    /// <summary>The reason as it was written, to be corrected.</summary>
    public string Reason { get; private set; } = "";

    /// <summary>Shows it.</summary>
    public async Task<IActionResult> OnGetAsync(long key, string? done)
    {
        Done = done switch
        {
            OperatorAction.DeviceQuarantine => "In quarantine now: it may Inform, and the ACS hears nothing of it.",
            OperatorAction.DeviceRelease => "Released: it may come to the ACS again.",
            OperatorAction.DeviceDisable => "Disabled: it is not let in any more.",
            OperatorAction.DeviceEnable => "Enabled: it may log in again.",
            _ => null,
        };
        return await ReadAsync(key) ? Page() : NotFound();
    }

    /// <summary>Does one of the actions that fit its status.</summary>
    public async Task<IActionResult> OnPostAsync(long key, string? act, string? reason)
    {
        if (!await ReadAsync(key))
        {
            return NotFound();
        }

        Reason = reason?.Trim() ?? "";
        Problem = OperatorActions.ReasonProblem(Reason);
        if (Problem is null && !OperatorActions.ActionsFor(Device.Status).Any(one => one.Action == act))
        {
            Problem = $"The device is {StatusName.Of(Device.Status)} now: that action does not fit any more. Nothing was changed.";
        }

        if (Problem is null && await actions.ChangeDeviceAsync(Acting, act!, Device.Device, Reason, Gone) is null)
        {
            Problem = "The device has changed since you looked at it. Nothing was changed.";
        }

        if (Problem is not null)
        {
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }

        figures.Forget();
        return LocalRedirect($"/devices/{key}?done={act}");
    }

    /// <summary>The word of a transfer's state.</summary>
    public static string WordOf(TransferRecord transfer) => TransferRows.Word(transfer.Status);

    /// <summary>The tone of a transfer's state.</summary>
    public static string ToneOf(TransferRecord transfer) => transfer.Status switch
    {
        TransferStatus.Confirmed => "good",
        TransferStatus.Complete or TransferStatus.Ordered => "info",
        _ => "bad",
    };

    private async Task<bool> ReadAsync(long key)
    {
        var found = await store.ReadAsync(commands => DeviceRows.ReadAsync(commands, seal: null, "d.id = @id", ("@id", key)), Gone);
        if (found is not [var record])
        {
            return false;
        }

        Device = record.Device;
        Endpoint = await EndpointAdministration.ReportAsync(store, key, Gone);
        Transfers = await store.ReadAsync(
            commands => TransferRows.ReadAsync(commands, $"{TransferRows.OfDevice} ORDER BY id DESC LIMIT {MaxTransfers}", TransferRows.Device(Device.Device)), Gone);
        History = await DeviceHistory.ReadAsync(search, drift, Device.Device, Session, Gone);
        return true;
    }
}
