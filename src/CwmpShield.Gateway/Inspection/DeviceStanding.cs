using CwmpShield.Core.Decisions;
using CwmpShield.Core.Identity;
using CwmpShield.Gateway.Auditing;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.Telemetry;
using Microsoft.Extensions.Logging;

namespace CwmpShield.Gateway.Inspection;

/// <summary>Whether a device may go on: puts it into quarantine by its own message, and sees what an operator has decided meanwhile.</summary>
internal sealed class DeviceStanding(IDeviceRegistry registry, ShieldMetrics metrics, ChangeAudit audit, TimeProvider time, ILogger<DeviceStanding> log)
{
    /// <summary>
    /// Writes down the quarantine that a device's own message asks for. A device that has not proven who it is, by what it alone can
    /// have, keeps its status: knowing a serial number, or what the factory gave it, must be no weapon. Where the store cannot be
    /// written, the session alone is quarantined.
    /// </summary>
    public async ValueTask QuarantineAsync(RegisteredDevice device, bool isProven, Decision decision)
    {
        metrics.Refused("", InspectionReason.QuarantineBegins);
        if (!isProven)
        {
            return;
        }

        var rule = decision.Hits.FirstOrDefault(hit => hit is { Verdict: Verdict.Quarantine, Exception: null })?.RuleId ?? "";
        try
        {
            await registry.ChangeStatusAsync(device.Device, StatusChange.Quarantine("rule " + rule, time.GetUtcNow()), CancellationToken.None);
            audit.Quarantined(device.Device, rule);
            log.Quarantined(device.Device.ToString(), rule);
        }
        catch (RegistryUnavailableException error)
        {
            log.QuarantineUnrecorded(device.Device.ToString(), error);
        }
    }

    /// <summary>
    /// Why a device whose session is in progress may not go on, null where it may: its status, or that the device has proven more since, in
    /// another session, than whoever began this one, or that what the session logged in with has been given up. Seen within the life of the registry's cache. Where the store cannot be read it goes
    /// on: it was let in by what the store said. In mode observe the registry decides nothing.
    /// </summary>
    public async ValueTask<string?> RefusalAsync(DeviceSession session, CancellationToken cancellationToken)
    {
        if (session.Listener.Identity.Mode == IdentityMode.Observe)
        {
            return null;
        }

        try
        {
            var record = await registry.FindAsync(session.Device.Device, cancellationToken);
            return record?.Device switch
            {
                { Status: DeviceStatus.Quarantined } => InspectionReason.DeviceQuarantined,
                { Status: DeviceStatus.Active or DeviceStatus.Bootstrap } row when session.Strength >= row.RequiredStrength && IsLogInGood(session, record) => null,
                _ => InspectionReason.DeviceWithdrawn,
            };
        }
        catch (RegistryUnavailableException)
        {
            return null;
        }
    }

    private bool IsLogInGood(DeviceSession session, DeviceRecord record) =>
        session.Proven.Used is not { } used || record.Login.IsStillGood(used, session.Proven.User ?? "", time.GetUtcNow());
}
