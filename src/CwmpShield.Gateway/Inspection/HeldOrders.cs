using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Decisions;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.Telemetry;
using Microsoft.Extensions.Logging;

namespace CwmpShield.Gateway.Inspection;

/// <summary>
/// Asks for the operator's release of an order that a rule holds, and writes down the order where there is none. Nothing that goes
/// wrong here lets an order pass.
/// </summary>
internal sealed class HeldOrders(HeldOrderStore store, ShieldMetrics metrics, TimeProvider time, ILogger<HeldOrders> log)
{
    // Held orders of many sessions at one time must not keep registry writes waiting: beyond this they are refused unrecorded.
    private const int MaxWaiting = 32;
    private const int MaxSubjects = 64;
    private const int MaxSubjectLength = 256;

    private int waiting;

    /// <summary>The fingerprint under which <paramref name="order"/> may pass this once, null where it may not.</summary>
    public async ValueTask<string?> TryPassAsync(DeviceSession session, CwmpMessage order, Decision decision)
    {
        try
        {
            if (Interlocked.Increment(ref waiting) > MaxWaiting)
            {
                metrics.Refused("", InspectionReason.HeldUnrecorded);
                return null;
            }

            var sighting = new HeldSighting(
                session.Device.Device,
                OrderFingerprint.Of(order),
                order.Name,
                [.. decision.Hits.Where(hit => hit is { Verdict: Verdict.Hold, Exception: null }).Select(hit => hit.RuleId).Distinct(StringComparer.Ordinal)],
                [.. SubjectsOf(order).Distinct(StringComparer.Ordinal).Take(MaxSubjects)],
                time.GetUtcNow(),
                MayPass: session is { IsEnding: false, Turns.AwaitsOrder: true });
            return await store.PassOrRecordAsync(sighting, CancellationToken.None) ? sighting.Digest : null;
        }
        catch (RegistryUnavailableException error)
        {
            metrics.Refused("", InspectionReason.HeldUnrecorded);
            log.HeldUnrecorded(error);
            return null;
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }
    }

    /// <summary>What an operator needs for a decision, without values: parameters, and where transfers go.</summary>
    private static IEnumerable<string> SubjectsOf(CwmpMessage order) =>
        order.Parameters.Select(parameter => Shown(parameter.Name))
            .Concat(order.Transfers.Select(transfer => Shown($"{transfer.FileType} {Place(transfer.Url)}".Trim())));

    /// <summary>A URL without what may be secret in it: user, password and query.</summary>
    private static string Place(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Host.Length > 0
            ? uri.GetComponents(UriComponents.Scheme | UriComponents.Host | UriComponents.Port | UriComponents.Path, UriFormat.UriEscaped)
            : url.Length == 0 ? "" : "(a URL that cannot be read)";

    private static string Shown(string text) =>
        string.Concat((text.Length <= MaxSubjectLength ? text : text[..MaxSubjectLength]).Select(c => char.IsControl(c) ? '?' : c));
}
