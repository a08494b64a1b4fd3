using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using CwmpShield.Gateway.Auditing;
using CwmpShield.Gateway.Storage;

namespace CwmpShield.Gateway.Reporting;

/// <summary>Makes a report, writes it, and signs what was written.</summary>
public static class ReportRun
{
    /// <summary>What the name of a signature ends with.</summary>
    public const string SignatureSuffix = ".sig";

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>Writes the HTML, the JSON where a file is named for it, and a signature beside each.</summary>
    /// <param name="store">The store.</param>
    /// <param name="request">What it is about.</param>
    /// <param name="key">Key that signs.</param>
    /// <param name="htmlFile">File of the HTML; replaced where it exists.</param>
    /// <param name="jsonFile">File of the JSON, null for none.</param>
    /// <param name="cancellationToken">Stops the work; files that were written stay.</param>
    /// <exception cref="IOException">A file cannot be written; so does <see cref="UnauthorizedAccessException"/>.</exception>
    /// <exception cref="RegistryUnavailableException">The store cannot be asked.</exception>
    public static async Task<ReportOutcome> WriteAsync(
        Store store, ReportRequest request, LedgerKey key, string htmlFile, string? jsonFile, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(key);

        // What cannot be written is found out before the store is read for minutes.
        await File.WriteAllBytesAsync(htmlFile, [], cancellationToken);
        var report = await ReportBuilder.BuildAsync(store, request with { KeyId = key.Id }, cancellationToken);
        await using (var writer = new StreamWriter(htmlFile, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)))
        {
            ReportHtml.Write(report, writer);
        }

        var sha256 = await SignAsync(key, htmlFile, cancellationToken);
        if (jsonFile is not null)
        {
            await using (var stream = File.Create(jsonFile))
            {
                await JsonSerializer.SerializeAsync(stream, report with { HtmlSha256 = sha256 }, Json, cancellationToken);
            }

            await SignAsync(key, jsonFile, cancellationToken);
        }

        return new ReportOutcome(sha256, key.Id, report.Orders.Total, report.Ledger.Verification?.IsIntact, report.Schemes.Sum(scheme => scheme.Controls.Count));
    }

    private static async Task<string> SignAsync(LedgerKey key, string file, CancellationToken cancellationToken)
    {
        byte[] hash;
        await using (var stream = File.OpenRead(file))
        {
            hash = await SHA256.HashDataAsync(stream, cancellationToken);
        }

        await File.WriteAllBytesAsync(file + SignatureSuffix, key.SignHash(hash), cancellationToken);
        return Convert.ToHexStringLower(hash);
    }
}

/// <summary>What came of a report.</summary>
/// <param name="Sha256">SHA-256 (hex) of the HTML.</param>
/// <param name="KeyId">Key that signed it.</param>
/// <param name="StoppedOrders">Orders of the period that were refused or held.</param>
/// <param name="IsLedgerIntact">What verification said; null where it was not done.</param>
/// <param name="Controls">Controls that were answered.</param>
public sealed record ReportOutcome(string Sha256, string KeyId, long StoppedOrders, bool? IsLedgerIntact, int Controls);
