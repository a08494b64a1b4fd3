using CwmpShield.Core.Cwmp;
using CwmpShield.Gateway.Storage;
using Microsoft.AspNetCore.Mvc;

namespace CwmpShield.Gateway.WebConsole.Pages;

/// <summary>Leads from a device's name, as records write it, to its page; or to its records, where it is not in the registry.</summary>
internal sealed class NamedDeviceModel(IDeviceRegistry registry) : ConsolePage
{
    private const int MaxText = 512;

    /// <summary>Finds it.</summary>
    public async Task<IActionResult> OnGetAsync(string? id)
    {
        if (id is not { Length: > 0 and <= MaxText })
        {
            return BadRequest();
        }

        return DeviceIdText.TryParse(id, out var device) && await registry.FindAsync(device!, Gone) is { } found
            ? LocalRedirect(FormattableString.Invariant($"/devices/{found.Device.Key}"))
            : LocalRedirect("/refusals?device=" + Uri.EscapeDataString(id));
    }
}
