using System.Globalization;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Identity;
using CwmpShield.Gateway.Drifting;
using CwmpShield.Gateway.Identity;
using CwmpShield.Gateway.Inspection;
using Microsoft.Extensions.Logging;

namespace CwmpShield.Gateway.Transfers;

/// <summary>
/// Hears what devices say of their transfers, and makes outcomes of it: success and failure, the version that a device informs after
/// an update, and what nobody ordered.
/// </summary>
internal sealed class TransferOutcomes(
    TransferLedger ledger, TransferSignals signals, TimeProvider time, ILogger<TransferOutcomes> log, DriftParticipant? drift = null)
{
    /// <summary>A session begins: its facts learn the transfers of earlier ones, and updates are held against the version that is informed.</summary>
    public async ValueTask InformedAsync(DeviceSession session, CwmpMessage inform)
    {
        var now = time.GetUtcNow();
        var known = await KnownAsync(session, now);
        session.Notes.Of<KnownTransfers>().Version = InformedText.SoftwareVersion(inform) ?? "";
        foreach (var record in known)
        {
            session.Facts.KnowTransfer(record.CommandKey);
        }

        if (InformedText.SoftwareVersion(inform) is { } version)
        {
            await HoldAgainstAsync(session, known, version, now);
        }
    }

    /// <summary>The device answers the order itself: a fault is an outcome, and so is a transfer that is done already.</summary>
    public async ValueTask AnsweredAsync(DeviceSession session, IReadOnlyList<long> numbers, CwmpMessage answer)
    {
        var isDone = answer.Role == MessageRole.Response && answer.Argument("Status")?.Trim() == "0";
        if (answer.Role != MessageRole.Fault && !isDone)
        {
            return;
        }

        foreach (var number in numbers)
        {
            if (await ledger.FindAsync(number, CancellationToken.None) is { } record)
            {
                await OutcomeAsync(session, record, isDone ? 0 : answer.Fault?.Code is { } code and > 0 ? code : 9002, answer.Name);
            }
        }
    }

    /// <summary>TransferComplete, or DUStateChangeComplete.</summary>
    public async ValueTask ReportedAsync(DeviceSession session, CwmpMessage report)
    {
        var key = report.CommandKey ?? "";
        var isUnits = report.Rpc == RpcKind.DUStateChangeComplete;
        var known = (await KnownAsync(session, time.GetUtcNow()))
            .Where(record => string.Equals(record.CommandKey, key, StringComparison.Ordinal) && record.Rpc == nameof(RpcKind.ChangeDUState) == isUnits)
            .ToList();
        if (known.Count == 0)
        {
            signals.Raise(session.Device.Device, session.Strength, report.Name, TransferReason.Unordered);
            return;
        }

        // The newest order of this key is meant; older ones that are still open will never be heard of. A repeated report changes nothing.
        var newest = known[0].OrderedAt;
        // What was given up comes late, and still is what it says.
        foreach (var record in known.Where(record => record.Status is TransferStatus.Ordered or TransferStatus.TimedOut))
        {
            if (record.OrderedAt == newest)
            {
                await OutcomeAsync(session, record, isUnits ? FaultOfUnits(report) : report.Fault?.Code ?? 0, report.Name);
            }
            else
            {
                await EndAsync(record, TransferStatus.Superseded, 0, null);
            }
        }
    }

    /// <summary>Nothing was heard of a transfer in time.</summary>
    public async ValueTask OverdueAsync(TransferRecord record)
    {
        var isLast = !await ledger.WasOrderedAgainAsync(record, CancellationToken.None);
        if (await EndAsync(record, TransferStatus.TimedOut, 0, isLast ? false : null) && isLast)
        {
            signals.Raise(record.Device, IdentityStrength.None, record.Rpc, TransferReason.TimedOut, record.Artefact);
        }
    }

    /// <summary>The device's transfers that this session may speak of: whoever has proven nothing says nothing of what was given to a device that had.</summary>
    private async ValueTask<IReadOnlyList<TransferRecord>> KnownAsync(DeviceSession session, DateTimeOffset now)
    {
        var all = await ledger.OfDeviceAsync(session.Device.Device, now, CancellationToken.None);
        return session.Strength > IdentityStrength.None ? all : [.. all.Where(record => !record.IsProven)];
    }

    /// <summary>The first fault among the results; 0 when every unit is as ordered.</summary>
    private static int FaultOfUnits(CwmpMessage report)
    {
        foreach (var result in report.Envelope.Body.Child("Results")?.Children ?? [])
        {
            if (int.TryParse(result.Child("Fault")?.Child("FaultCode")?.Text.Trim(), CultureInfo.InvariantCulture, out var code) && code != 0)
            {
                return code;
            }
        }

        return 0;
    }

    private async ValueTask OutcomeAsync(DeviceSession session, TransferRecord record, int fault, string message)
    {
        if (fault != 0)
        {
            if (await EndAsync(record, TransferStatus.Failed, fault, false))
            {
                signals.Raise(session.Device.Device, session.Strength, message, TransferReason.Failed, record.Artefact);
            }

            return;
        }

        // Firmware is a success when its version is informed; this session's Inform may have brought it already.
        var informed = session.Notes.Of<KnownTransfers>().Version;
        var isConfirmed = record.IsFirmware && string.Equals(informed, record.Version, StringComparison.Ordinal);
        if (await EndAsync(record, isConfirmed ? TransferStatus.Confirmed : TransferStatus.Complete, 0, record.IsFirmware && !isConfirmed ? null : true) && isConfirmed)
        {
            await ReplaceConfirmedAsync(session, record);
        }
    }

    private async ValueTask HoldAgainstAsync(DeviceSession session, IReadOnlyList<TransferRecord> known, string version, DateTimeOffset now)
    {
        var isExplained = false;
        foreach (var record in known.Where(record => record is { IsFirmware: true, Status: TransferStatus.Complete or TransferStatus.Mismatch }))
        {
            isExplained |= record.Status == TransferStatus.Complete;
            if (string.Equals(record.Version, version, StringComparison.Ordinal))
            {
                await EndAsync(record, TransferStatus.Confirmed, 0, true);
                await ReplaceConfirmedAsync(session, record);
            }
            else if (record.Status == TransferStatus.Complete && !IsStillToRestart(session, record, version) && await EndAsync(record, TransferStatus.Mismatch, 0, false))
            {
                signals.Raise(session.Device.Device, session.Strength, nameof(RpcKind.Inform), TransferReason.VersionUnexpected, record.Artefact);
                await DriftAsync(session, record, version);
            }
        }

        // An order that is still open may be what has changed it.
        var confirmed = known.FirstOrDefault(record => record is { IsFirmware: true, Status: TransferStatus.Confirmed });
        isExplained |= known.Any(record => record.Status == TransferStatus.Ordered && record.Rpc != nameof(RpcKind.Upload));
        if (confirmed is not null && !isExplained && !string.Equals(confirmed.Version, version, StringComparison.Ordinal)
            && await EndAsync(confirmed, TransferStatus.Superseded, 0, null))
        {
            signals.Raise(session.Device.Device, session.Strength, nameof(RpcKind.Inform), TransferReason.VersionChanged, confirmed.Artefact);
            await DriftAsync(session, confirmed, version);
        }
    }

    /// <summary>Some devices report success before they restart into the new version; until they do, the old one says nothing.</summary>
    private static bool IsStillToRestart(DeviceSession session, TransferRecord record, string version) =>
        string.Equals(record.PreviousVersion, version, StringComparison.Ordinal)
        && !session.Facts.Events.Any(code => code.StartsWith("0 ", StringComparison.Ordinal) || code.StartsWith("1 ", StringComparison.Ordinal));

    private ValueTask DriftAsync(DeviceSession session, TransferRecord record, string version) =>
        drift is null || session.Strength == IdentityStrength.None ? default : drift.VersionAsync(session, record.Version, record.OrderedAt, version);

    /// <summary>A device has one confirmed version at a time.</summary>
    private async ValueTask ReplaceConfirmedAsync(DeviceSession session, TransferRecord record)
    {
        drift?.Updated(session);
        var others = await KnownAsync(session, time.GetUtcNow());
        foreach (var older in others.Where(one => one is { IsFirmware: true, Status: TransferStatus.Confirmed } && one.Number != record.Number))
        {
            await EndAsync(older, TransferStatus.Superseded, 0, null);
        }
    }

    private async ValueTask<bool> EndAsync(TransferRecord record, TransferStatus status, int fault, bool? isSuccess)
    {
        if (await ledger.EndAsync(record, status, fault, isSuccess, time.GetUtcNow(), CancellationToken.None) is not { } halted)
        {
            return false;
        }

        signals.Ended(status);
        if (halted)
        {
            log.RolloutHalted(record.Artefact);
            signals.Raise(record.Device, IdentityStrength.None, record.Rpc, TransferReason.RolloutHalted, record.Artefact);
        }

        return true;
    }

    /// <summary>What a session keeps of its Inform.</summary>
    private sealed class KnownTransfers
    {
        public string Version { get; set; } = "";
    }
}
