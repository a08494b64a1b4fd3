using System.Net;
using CwmpShield.Core.Audit;
using CwmpShield.Core.Decisions;
using CwmpShield.Core.Identity;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Inspection;
using CwmpShield.Gateway.Listening;

namespace CwmpShield.Gateway.Auditing;

/// <summary>
/// Refusals of those who send what they like: a bounded number in a minute is written one by one, of one address a tenth of that; the
/// rest is counted by reason, and the counts are written when the minute is over. Nobody fills the ledger by being refused.
/// </summary>
internal sealed class StrangerAudit(Ledger ledger, OrderRecords records, AuditOptions options, TimeProvider time)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Lock sync = new();
    private readonly Dictionary<IPAddress, int> sources = [];
    private readonly Dictionary<(AuditKind Kind, string Reason), long> rest = [];
    private DateTimeOffset begun;
    private int written;

    /// <summary>A log-in or an Inform did not prove who it is of.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="reason">Why.</param>
    /// <param name="claim">The name that was used, a stranger's text.</param>
    public void Unproven(DeviceConnection connection, string reason, string claim) => Post(
        records.Plain(AuditKind.AuthenticationFailed) with
        {
            Source = connection.Source.Address.ToString(),
            Verdict = VerdictName.Of(Verdict.Deny),
            Reasons = [reason],
            Subject = claim.Length > 128 ? claim[..128] : claim,
            Detail = $"listener {connection.Listener.Name}",
        },
        connection.Source.Address);

    /// <summary>A message of a device was refused.</summary>
    public void Refused(Core.Decisions.Inspection inspection, DeviceTraits traits, IPAddress? source, string session) =>
        Post(records.OfMessage(inspection.Message, inspection.Decision, traits, source, session), source ?? IPAddress.None);

    /// <summary>Writes what was only counted, once its minute is over.</summary>
    public void Flush()
    {
        lock (sync)
        {
            FlushLocked(time.GetUtcNow());
        }
    }

    private void Post(AuditRecord record, IPAddress source)
    {
        var place = Addresses.Subscriber(source);
        lock (sync)
        {
            FlushLocked(record.At);
            var count = sources.GetValueOrDefault(place);
            if (written < options.StrangerRecordsPerMinute && count < Math.Max(1, options.StrangerRecordsPerMinute / 10))
            {
                written++;
                sources[place] = count + 1;
                ledger.Post(record);
                return;
            }

            var key = (record.Kind, LedgerRow.First(record.Reasons));
            rest[key] = rest.GetValueOrDefault(key) + 1;
        }
    }

    private void FlushLocked(DateTimeOffset now)
    {
        if (now - begun < Minute && now >= begun)
        {
            return;
        }

        foreach (var ((kind, reason), count) in rest)
        {
            ledger.Post(records.Plain(AuditKind.Summarised) with
            {
                Action = AuditReason.Strangers,
                Subject = AuditKindName.Of(kind),
                Verdict = VerdictName.Of(Verdict.Deny),
                Reasons = [reason],
                Count = count,
            });
        }

        rest.Clear();
        sources.Clear();
        (written, begun) = (0, now);
    }
}
