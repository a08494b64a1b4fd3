using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using CwmpShield.Core.Audit;
using CwmpShield.Gateway.Configuration;

namespace CwmpShield.Gateway.Auditing;

/// <summary>The records that a node writes of itself.</summary>
internal sealed class NodeRecords(GatewayOptions options, TimeProvider time)
{
    private static readonly string Version = typeof(NodeRecords).Assembly.GetName().Version?.ToString(3) ?? "";

    /// <summary>The node begins to write.</summary>
    /// <param name="start">How it began the last time, null for the first.</param>
    /// <param name="last">The last record of its chain, null for none.</param>
    /// <param name="missing">The place that its last checkpoint names where the chain is shorter, else 0.</param>
    public IReadOnlyList<AuditRecord> Started(AuditRecord? start, AuditRecord? last, long missing)
    {
        var configuration = Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(options)));
        var record = Plain(AuditKind.NodeStarted) with
        {
            Subject = configuration,
            Action = missing > 0 ? AuditReason.TailMissing : last is null or { Kind: AuditKind.NodeEnded } ? "" : AuditReason.UncleanEnd,
            Detail = string.Create(
                CultureInfo.InvariantCulture,
                $"version {Version}, rules {options.Rules.Mode.ToString().ToLowerInvariant()}{(missing > 0 ? $"; record {missing} was signed and is missing" : "")}"),
        };
        return start is null || start.Subject == configuration
            ? [record]
            : [record, Plain(AuditKind.ConfigurationChanged) with { Subject = configuration, Detail = $"was {start.Subject}" }];
    }

    /// <summary>The node ends in order.</summary>
    public AuditRecord Ended() => Plain(AuditKind.NodeEnded);

    /// <summary>Records were not kept.</summary>
    public AuditRecord Lost(long count) => Plain(AuditKind.Summarised) with { Action = AuditReason.Lost, Count = count };

    /// <summary>The ledger could not be written since <paramref name="since"/>, and can again.</summary>
    public AuditRecord UpAgain(DateTimeOffset since) => Plain(AuditKind.FailClosed) with
    {
        Action = AuditReason.Available,
        Detail = string.Create(CultureInfo.InvariantCulture, $"since {since.UtcDateTime.ToString(AuditJson.TimeFormat, CultureInfo.InvariantCulture)} dangerous orders were refused"),
    };

    private AuditRecord Plain(AuditKind kind) => new() { At = time.GetUtcNow(), Kind = kind };
}
